/**
 * The editor alone on a page, over local texts, for tests in a real browser and for measuring it.
 *
 * `?words=…&suggestions=…&articles=…` shows a long agreement, otherwise a short one with suggestions of two parties.
 * `&layer=caucus&drafts=…` writes in a caucus. `?peer=plain` shows the same long text in plain ProseMirror instead. `window.harness` is what the tests hold on to.
 */

import "@fontsource-variable/inter";
import "@fontsource-variable/source-serif-4";
import "../ui/theme.css";
import { createAgreementEditor } from "../editor";
import type { EditorHandle, EditorView, Layer, PresenceSource, RemoteCursor, SuggestionId } from "../editor/types";
import type { Delta } from "../text/delta";
import { partyKey } from "../text/ids";
import { shorthand } from "./builders";
import { type LocalText, localArticles, LocalUndo } from "./local-text";
import { longTexts } from "./long-text";
import { PARTIES } from "./parties";
import { intoTheMiddle, startPlain } from "./plain-peer";
import { shortTexts } from "./short-text";

const query = new URLSearchParams(location.search);
const number = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);

class LocalPresence implements PresenceSource {
  cursors: readonly RemoteCursor[] = [];
  reported: unknown = null;
  private readonly listeners = new Set<() => void>();

  others(): readonly RemoteCursor[] {
    return this.cursors;
  }

  show(cursors: readonly RemoteCursor[]): void {
    this.cursors = cursors;
    for (const listener of this.listeners) listener();
  }

  observe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  report(selection: unknown): void {
    this.reported = selection;
  }
}

export interface Harness {
  readonly editor: EditorHandle;
  readonly texts: readonly LocalText[];
  readonly presence: LocalPresence;
  readonly refused: string[];
  selected: SuggestionId | null;
  read(article?: number): string;
  receive(delta: Delta, article?: number): void;
  readonly opened: number;
  /** Put the caret into the middle of the agreement. */
  middle(): void;
}

const words = number("words", 0);
const long = { words, suggestions: number("suggestions", 0), drafts: number("drafts", 0), articles: number("articles", 40) };

function start(mount: HTMLElement): Harness {
  const undo = new LocalUndo();
  const articles = localArticles(words > 0 ? longTexts(long) : shortTexts(), undo);
  const texts = articles.map(({ text }) => text);
  const presence = new LocalPresence();
  const refused: string[] = [];
  const began = performance.now();
  const editor = createAgreementEditor({
    mount,
    articles: words > 0 ? articles : articles.map((article, i) => (i === 2 ? { ...article, standing: "Tentative agreement", closed: "tentative" } : article)),
    me: { party: partyKey("assoc"), isMine: (id) => id.startsWith("mine") },
    parties: PARTIES,
    undo,
    presence,
    view: (query.get("view") ?? "markup") as EditorView,
    layer: (query.get("layer") ?? "table") as Layer,
    onRefused: (reason) => refused.push(reason),
    onSelectSuggestion: (id) => {
      harness.selected = id;
      editor.focusSuggestion(id, { scroll: false });
    },
  });
  const harness: Harness = {
    editor,
    texts,
    presence,
    refused,
    selected: null,
    read: (article = 0) => shorthand(texts[article]?.read() ?? []),
    receive: (delta, article = 0) => texts[article]?.receive(delta),
    opened: performance.now() - began,
    middle: () => {
      const article = articles[Math.floor(articles.length / 2)];
      if (article === undefined) return;
      const middle = Math.floor(article.text.text.length / 2);
      editor.scrollToArticle(article.id);
      editor.focus();
      editor.select({ article: article.id, anchor: middle, head: middle });
    },
  };
  return harness;
}

function startPeer(mount: HTMLElement): Pick<Harness, "opened" | "middle"> {
  const began = performance.now();
  const view = startPlain(mount, long);
  return { opened: performance.now() - began, middle: () => { intoTheMiddle(view); } };
}

declare global {
  interface Window {
    harness: Harness | Pick<Harness, "opened" | "middle">;
  }
}

const page = document.getElementById("page");
if (page === null) throw new Error("The page has no place for the editor");
window.harness = query.get("peer") === "plain" ? startPeer(page) : start(page);
