/**
 * The editor alone on a page, over local texts, for tests in a real browser and for measuring it.
 *
 * `?words=…&suggestions=…&articles=…` shows a long agreement, otherwise a short one with suggestions of two parties.
 * `window.harness` is what the tests hold on to.
 */

import "@fontsource-variable/inter";
import "@fontsource-variable/source-serif-4";
import "../ui/theme.css";
import { createAgreementEditor } from "../editor";
import type { EditorHandle, EditorView, PresenceSource, RemoteCursor, SuggestionId } from "../editor/types";
import type { Delta } from "../text/delta";
import { partyKey } from "../text/ids";
import { shorthand } from "./builders";
import { type LocalText, localArticles, LocalUndo } from "./local-text";
import { longTexts } from "./long-text";
import { PARTIES } from "./parties";
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
}

function start(): Harness {
  const mount = document.getElementById("page");
  if (mount === null) throw new Error("The page has no place for the editor");
  const undo = new LocalUndo();
  const words = number("words", 0);
  const long = { words, suggestions: number("suggestions", 0), articles: number("articles", 40) };
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
  };
  return harness;
}

declare global {
  interface Window {
    harness: Harness;
  }
}

window.harness = start();
