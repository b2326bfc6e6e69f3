/** Where suggestions lie on the page, for the cards beside it, and how to bring one into view. */

import type { EditorView } from "prosemirror-view";

import type { Binding } from "./binding";
import type { Span, SuggestionIndex } from "./suggestion-index";
import type { SuggestionId, SuggestionPosition } from "./types";

export class Page {
  constructor(
    private readonly view: EditorView,
    private readonly binding: Binding,
    private readonly index: SuggestionIndex,
  ) {}

  /** Pixels from the top of the editor's own box; one pass over the elements, one layout. */
  positions(ids?: Iterable<SuggestionId>): Map<SuggestionId, SuggestionPosition> {
    const wanted = ids === undefined ? null : new Set(ids);
    const base = this.view.dom.getBoundingClientRect().top;
    const elements = this.elements();
    const result = new Map<SuggestionId, SuggestionPosition>();
    for (const [id, span] of this.index.all(this.binding.articles)) {
      if (wanted !== null && !wanted.has(id)) continue;
      const shown = elements.get(id);
      const [top, bottom] = shown === undefined ? this.lines(span) : [rect(shown.first).top, rect(shown.last).bottom];
      result.set(id, { top: top - base, height: Math.max(0, bottom - top), article: span.article });
    }
    return result;
  }

  private elements(): Map<string, { first: Element; last: Element }> {
    const found = new Map<string, { first: Element; last: Element }>();
    for (const element of this.view.dom.querySelectorAll<HTMLElement>("[data-suggestion]")) {
      const id = element.dataset["suggestion"] ?? "";
      const known = found.get(id);
      if (known === undefined) found.set(id, { first: element, last: element });
      else known.last = element;
    }
    return found;
  }

  /** In the readings without marks a suggestion lies where its text is, or would be. */
  private lines(span: Span): [number, number] {
    const [from, to] = [this.block(span, span.from), this.block(span, span.to)];
    return from === null || to === null ? [0, 0] : [rect(from).top, rect(to).bottom];
  }

  private block(span: Span, offset: number): Element | null {
    const position = this.binding.position(span.article, offset, this.view.state.doc);
    if (position === null) return null;
    const { node } = this.view.domAtPos(position);
    return node instanceof Element ? node : node.parentElement;
  }

  reveal(id: SuggestionId): void {
    const span = this.index.find(this.binding.articles, id);
    if (span === null) return;
    const shown = this.view.dom.querySelector(`[data-suggestion="${CSS.escape(id)}"]`) ?? this.block(span, span.from);
    shown?.scrollIntoView({ block: "center" });
  }
}

const rect = (element: Element): DOMRect => element.getBoundingClientRect();

/** Runs something at most once a frame, after the last time it was asked for. */
export class OnceAFrame {
  private frame = 0;

  constructor(private readonly run: () => void) {}

  ask(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.run();
    });
  }

  cancel(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }
}
