/** Where suggestions lie on the page, for the cards beside it, and how to bring one into view. */

import type { EditorView } from "prosemirror-view";

import { fromTable, toTable } from "../text/layers";
import { toWhole } from "../text/projection";
import type { Binding, LiveArticle } from "./binding";
import { placeOf } from "./positions";
import { ofArticle, ofSuggestion } from "./selectors";
import type { Span, SuggestionIndex } from "./suggestion-index";
import type { ArticleId, SuggestionId, SuggestionPosition, Viewpoint } from "./types";

export class Page {
  constructor(
    private readonly view: EditorView,
    private readonly binding: Binding,
    private readonly index: SuggestionIndex,
  ) {}

  /**
   * Pixels from the top of the editor's own box. Where the browser has put off laying out what is far from the
   * screen, a place is estimated: measuring it would lay out the whole agreement.
   */
  positions(ids?: Iterable<SuggestionId>): Map<SuggestionId, SuggestionPosition> {
    const wanted = ids === undefined ? null : new Set(ids);
    const base = this.view.dom.getBoundingClientRect().top;
    const result = new Map<SuggestionId, SuggestionPosition>();
    for (const article of this.binding.articles) {
      const section = this.view.dom.querySelector(ofArticle(article.id));
      if (section === null) continue;
      const measure = isLaidOut(section.querySelector(".paragraph")) ? this.measured(section) : estimated(section, article);
      for (const [id, span] of this.index.of(article)) {
        if (result.has(id) || (wanted !== null && !wanted.has(id))) continue;
        const [top, bottom] = measure(id, span);
        result.set(id, { top: top - base, height: Math.max(0, bottom - top), article: span.article });
      }
    }
    return result;
  }

  positionOf(article: ArticleId, offset: number): SuggestionPosition | null {
    const section = this.view.dom.querySelector(ofArticle(article));
    const live = this.binding.articles.find(({ id }) => id === article);
    if (section === null || live === undefined) return null;
    const base = this.view.dom.getBoundingClientRect().top;
    if (!isLaidOut(section.querySelector(".paragraph"))) {
      const { top, height } = section.getBoundingClientRect();
      return { top: top - base + (height * offset) / Math.max(1, live.text.length), height: 0, article };
    }
    const position = this.binding.position(article, offset, this.view.state.doc);
    if (position === null) return null;
    const { top, bottom } = this.view.coordsAtPos(position);
    return { top: top - base, height: bottom - top, article };
  }

  private measured(section: Element): Measure {
    const ends = new Map<string, { first: Element; last: Element }>();
    for (const element of section.querySelectorAll<HTMLElement>("[data-suggestion]")) {
      const id = element.dataset["suggestion"] ?? "";
      const known = ends.get(id);
      if (known === undefined) ends.set(id, { first: element, last: element });
      else known.last = element;
    }
    return (id, span) => {
      const shown = ends.get(id);
      return [edge(shown?.first ?? this.block(span, span.from), "top"), edge(shown?.last ?? this.block(span, span.to), "bottom")];
    };
  }

  /** In the readings without marks a suggestion lies where its text is, or would be. */
  private block(span: Span, offset: number): Element | null {
    const position = this.binding.position(span.article, offset, this.view.state.doc);
    if (position === null) return null;
    const { node } = this.view.domAtPos(position);
    return node instanceof Element ? node : node.parentElement;
  }

  reveal(id: SuggestionId): void {
    const span = this.index.find(this.binding.articles, id);
    if (span === null) return;
    const shown = this.view.dom.querySelector(ofSuggestion(id)) ?? this.block(span, span.from);
    shown?.scrollIntoView({ block: "center" });
  }

  viewpoint(below: number): Viewpoint | null {
    const box = this.view.dom.getBoundingClientRect();
    const left = box.left + box.width / 4;
    const found = this.view.posAtCoords({ left, top: Math.max(below + AT_THE_EDGE_PX, box.top + AT_THE_EDGE_PX) });
    if (found === null) return null;
    const { index, offset } = placeOf(this.view.state.doc, found.pos);
    const article = this.binding.articles[index];
    if (article === undefined) return null;
    const tabled = (place: number): number => toTable(article.text, toWhole(article.text, this.binding.view, place));
    const stands = this.binding.selection();
    const standsIn = this.binding.articles.find(({ id }) => id === stands?.article)?.text;
    const selection =
      stands === null || standsIn === undefined
        ? null
        : { article: stands.article, anchor: toTable(standsIn, stands.anchor), head: toTable(standsIn, stands.head) };
    return { article: article.id, offset: tabled(offset), top: this.view.coordsAtPos(found.pos).top, selection };
  }

  lookAt({ article, offset, top }: Viewpoint): void {
    const text = this.binding.articles.find(({ id }) => id === article)?.text;
    if (text === undefined) return;
    const position = this.binding.position(article, fromTable(text, offset), this.view.state.doc);
    if (position === null) return;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const away = this.view.coordsAtPos(position).top - top;
      if (Math.abs(away) < 1) return;
      window.scrollBy(0, away);
    }
  }
}

const AT_THE_EDGE_PX = 24;
/** Where the text is laid out only as it comes into sight, its place moves as one scrolls there. */
const ATTEMPTS = 3;

type Measure = (id: SuggestionId, span: Span) => [number, number];

function estimated(section: Element, article: LiveArticle): Measure {
  const { top, height } = section.getBoundingClientRect();
  const at = (offset: number): number => top + (height * offset) / Math.max(1, article.text.length);
  return (_id, span) => [at(span.from), at(span.to)];
}

function edge(element: Element | null, side: "top" | "bottom"): number {
  if (element === null) return 0;
  const paragraph = element.closest(".paragraph");
  return (paragraph === null || isLaidOut(element) ? element : paragraph).getBoundingClientRect()[side];
}

/** Whether measuring an element costs nothing; browsers that put nothing off cannot tell, and need not. */
function isLaidOut(element: Element | null): boolean {
  return element === null || !("checkVisibility" in element) || element.checkVisibility({ contentVisibilityAuto: true });
}

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
