/** What the surroundings are told: where the member stands, what a toolbar shows, which suggestion is meant. */

import type { EditorView } from "prosemirror-view";

import { suggestionsOf } from "../text/marks";
import type { Binding } from "./binding";
import { activeFormats, paragraphStatus } from "./formatting";
import { OnceAFrame } from "./page";
import type { AgreementEditorOptions, EditorStatus, SuggestionId } from "./types";
import { cleaned, plainText } from "./clipboard";

type Told = Pick<
  AgreementEditorOptions,
  "onSelectSuggestion" | "onHoverSuggestion" | "onStatus" | "onLayout" | "presence"
>;

/** A longer selection's text is not told: reading it would hold up every step of selecting. */
const LONGEST_TOLD = 20_000;

export class Watch {
  private selected: SuggestionId | null = null;
  private readonly statusFrame: OnceAFrame;
  private readonly layoutFrame: OnceAFrame;
  private readonly resized: ResizeObserver | null = null;

  constructor(
    private readonly view: EditorView,
    private readonly binding: Binding,
    private readonly told: Told,
  ) {
    this.statusFrame = new OnceAFrame(() => {
      this.told.presence?.report(this.view.hasFocus() ? this.binding.selection() : null);
      this.told.onStatus?.(this.status());
    });
    this.layoutFrame = new OnceAFrame(() => this.told.onLayout?.());
    if (typeof ResizeObserver !== "undefined") {
      this.resized = new ResizeObserver(() => {
        this.layoutFrame.ask();
      });
      this.resized.observe(view.dom);
    }
    // What was estimated is known now.
    view.dom.addEventListener("contentvisibilityautostatechange", this.laidOut, true);
  }

  private readonly laidOut = (): void => {
    this.layoutFrame.ask();
  };

  /** Something was shown or selected anew. */
  changed(doc: boolean): void {
    this.statusFrame.ask();
    if (doc) this.layoutFrame.ask();
  }

  /** The member moved the caret, or wrote; what others do never unchooses a suggestion. */
  caretMoved(): void {
    this.tell(this.atCaret());
  }

  /** The surroundings chose a suggestion themselves. */
  chosen(id: SuggestionId | null): void {
    this.selected = id;
  }

  focusChanged(): void {
    this.statusFrame.ask();
  }

  /** A suggestion was clicked, or the caret came to it. */
  tell(id: SuggestionId | null): void {
    if (id === this.selected) return;
    this.selected = id;
    this.told.onSelectSuggestion?.(id);
  }

  private atCaret(): SuggestionId | null {
    const selection = this.binding.selection();
    const article = this.binding.articles.find(({ id }) => id === selection?.article);
    if (selection === null || article === undefined) return null;
    const around = article.text.slice(Math.max(0, selection.head - 1), selection.head + 1);
    // Before the caret comes first: that is where one has just typed.
    for (const run of around) {
      const [id] = suggestionsOf(run.attributes);
      if (id !== undefined && !(run.text === "\n" && around.length > 1 && run === around[0])) return id;
    }
    return null;
  }

  status(): EditorStatus {
    const { state } = this.view;
    const { empty, from, to } = state.selection;
    return {
      selection: this.binding.selection(),
      selectedText: empty || to - from > LONGEST_TOLD ? "" : plainText(cleaned(state.selection.content())),
      formats: activeFormats(state),
      paragraph: paragraphStatus(state),
    };
  }

  stop(): void {
    this.statusFrame.cancel();
    this.layoutFrame.cancel();
    this.resized?.disconnect();
    this.view.dom.removeEventListener("contentvisibilityautostatechange", this.laidOut, true);
  }
}
