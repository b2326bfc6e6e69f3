/**
 * The binding of the view to the flat texts, in one direction of flow.
 *
 * An edit, wherever it comes from, is a delta of an article's text. It is turned into a suggestion and given to the
 * text; what the text then reports, and nothing else, changes the view. The view therefore never shows what the text
 * does not hold, but for a composition under way (see `composition.ts`).
 */

import type { Node } from "prosemirror-model";
import { Selection, TextSelection, type Transaction } from "prosemirror-state";
import { AddMarkStep, AttrStep, RemoveMarkStep } from "prosemirror-transform";
import type { EditorView as ProseMirrorView } from "prosemirror-view";

import { ArticleText } from "../text/article-text";
import type { Attributes } from "../text/attributes";
import { mapOffset, type Delta } from "../text/delta";
import type { ArticleId, SuggestionId } from "../text/ids";
import { suggesterOf } from "../text/joining";
import { insertionKey } from "../text/marks";
import { shownDelta, toShown, toWhole, wholeDelta } from "../text/projection";
import { suggest } from "../text/suggest";
import { applyDelta } from "./changes";
import { articleNode, reconcile } from "./nodes";
import { placeOf, positionOf, type Place } from "./positions";
import { schema } from "./schema";
import type { Edits } from "./steps";
import type { ArticleBinding, Author, Closed, EditorView, FlatSelection, Layer, Refusal, UndoStack } from "./types";

export interface LiveArticle {
  readonly id: ArticleId;
  readonly source: ArticleBinding["text"];
  readonly text: ArticleText;
  closed: Closed | null;
  stop: () => void;
}

/** Where the caret goes: beside a place of the shown text before the edit, `back` characters into what was inserted there. */
export interface Caret extends Place {
  readonly side: -1 | 1;
  readonly back?: number;
}

export interface BindingOptions {
  readonly me: Author;
  readonly layer: Layer;
  readonly undo: UndoStack;
  readonly onRefused: (reason: Refusal, article: ArticleId) => void;
}

/** Marks a transaction that shows what the texts hold already, and whether this member's own act led to it. */
export const SHOWN = "parley.shown";
export type Shown = "own" | "others";

export class Binding {
  private live: LiveArticle[] = [];
  private batch: Transaction | null = null;
  private readonly minted = new Set<SuggestionId>();
  view: EditorView;
  editable: boolean;
  /** Takes over what others change while a composition is under way; true when it did. */
  aside: ((index: number, shown: Delta) => boolean) | null = null;
  prose: ProseMirrorView | null = null;

  constructor(
    private readonly options: BindingOptions,
    view: EditorView,
    editable: boolean,
  ) {
    this.view = view;
    this.editable = editable;
  }

  get layer(): Layer {
    return this.options.layer;
  }

  get articles(): readonly LiveArticle[] {
    return this.live;
  }

  /** Follow these articles and return the document that shows them; those followed already keep their state. */
  follow(bindings: readonly ArticleBinding[]): Node {
    const kept = new Map(this.live.map((article) => [article.id, article]));
    this.live = bindings.map((binding) => {
      const old = kept.get(binding.id);
      if (old?.source === binding.text) {
        kept.delete(binding.id);
        old.closed = binding.closed ?? null;
        return old;
      }
      const article: LiveArticle = {
        id: binding.id,
        source: binding.text,
        text: new ArticleText(binding.text.read()),
        closed: binding.closed ?? null,
        stop: () => undefined,
      };
      article.stop = binding.text.observe((delta) => {
        this.observed(article, delta);
      });
      return article;
    });
    for (const gone of kept.values()) gone.stop();
    return this.document();
  }

  document(): Node {
    return schema.nodes.doc.create(null, this.live.map(({ id, text }) => articleNode(id, text, this.view)));
  }

  stop(): void {
    for (const article of this.live) article.stop();
    this.live = [];
  }

  isMine(id: SuggestionId): boolean {
    return this.minted.has(id) || this.options.me.isMine(id);
  }

  /** Why an edit of an article would be refused; null when it would not. */
  refusal(index: number): Refusal | null {
    if (!this.editable) return "readonly";
    if (this.view === "agreed") return "agreed_view";
    return this.live[index]?.closed ?? null;
  }

  /**
   * Suggest edits of the shown text and put the caret. `opens` makes them a step of undo of their own.
   * Returns false, and says why, when an article takes none.
   */
  edit(edits: Edits, caret: Caret | null, opens = false): boolean {
    for (const index of edits.keys()) {
      const [reason, article] = [this.refusal(index), this.live[index]];
      if (reason === null || article === undefined) continue;
      this.options.onRefused(reason, article.id);
      return false;
    }
    if (opens) this.options.undo.seal();
    this.inOneTransaction((tr) => {
      const place = this.suggestAll(edits, caret);
      if (place !== null) tr.setSelection(TextSelection.create(tr.doc, positionOf(tr.doc, place)));
      tr.scrollIntoView();
    });
    if (opens) this.options.undo.seal();
    return true;
  }

  /** Give every edit to its text, as one step of undo; returns where the caret lies then. */
  private suggestAll(edits: Edits, caret: Caret | null): Place | null {
    const target = caret === null ? undefined : this.live[caret.index];
    const whole = target === undefined || caret === null ? 0 : toWhole(target.text, this.view, caret.offset);
    let moved = whole;
    this.options.undo.together(() => {
      for (const [index, edit] of edits) {
        const article = this.live[index];
        if (article === undefined) continue;
        const suggested = this.suggested(article, edit);
        if (index === caret?.index) moved = mapOffset(suggested, whole, caret.side) - (caret.back ?? 0);
        if (suggested.length > 0) article.source.apply(suggested);
      }
    });
    if (caret === null || target === undefined) return null;
    return { index: caret.index, offset: toShown(target.text, this.view, moved) };
  }

  /** Take back or repeat; the caret goes where the text changed. */
  revert(way: "undo" | "redo"): void {
    this.inOneTransaction((tr) => {
      if (this.options.undo[way]() && tr.docChanged) {
        const end = lastChange(tr);
        tr.setSelection(Selection.near(tr.doc.resolve(end), -1)).scrollIntoView();
      }
    });
  }

  private suggested(article: LiveArticle, edit: Delta): Delta {
    const delta = wholeDelta(article.text, this.view, edit);
    const opener = { party: this.options.me.party, layer: this.options.layer, isMine: (id: SuggestionId) => this.isMine(id) };
    return suggest(article.text, delta, suggesterOf(article.text, delta, opener, (id) => this.minted.add(id)));
  }

  /** What is typed elsewhere is another step of undo. */
  moved(): void {
    this.options.undo.seal();
  }

  /** The mark under which composed text is shown until it is a suggestion. */
  composingMarks(): Attributes {
    const key = insertionKey(this.options.layer);
    return this.view === "markup" ? { [key]: { id: "composing", party: this.options.me.party } } : {};
  }

  /** Let everything the texts report while `change` runs reach the view in one transaction. */
  inOneTransaction(change: (tr: Transaction) => void): void {
    const prose = this.prose;
    if (prose === null) return;
    const tr = prose.state.tr.setMeta(SHOWN, "own" satisfies Shown);
    this.batch = tr;
    try {
      change(tr);
    } finally {
      this.batch = null;
    }
    prose.dispatch(tr);
  }

  private observed(article: LiveArticle, delta: Delta): void {
    const index = this.live.indexOf(article);
    const ended = isEnded(article.text);
    const shown = shownDelta(article.text, this.view, delta);
    article.text.apply(delta);
    const prose = this.prose;
    if (prose === null || index < 0) return;
    const tr = this.batch ?? prose.state.tr.setMeta(SHOWN, "others" satisfies Shown);
    if (this.batch === null && this.aside?.(index, shown) === true) return;
    if (ended && isEnded(article.text)) applyDelta(tr, index, shown);
    else reconcile(tr, index, article.text, this.view);
    if (this.batch !== null) return;
    keepSelection(tr, prose.state.selection);
    prose.dispatch(tr);
  }

  /** The selection in whole text; null while it spans articles. */
  selection(): FlatSelection | null {
    const selection = this.prose?.state.selection;
    if (selection === undefined || this.prose === null) return null;
    const doc = this.prose.state.doc;
    const [anchor, head] = [placeOf(doc, selection.anchor), placeOf(doc, selection.head)];
    const article = this.live[head.index];
    if (article === undefined || anchor.index !== head.index) return null;
    const whole = (offset: number): number => toWhole(article.text, this.view, offset);
    return { article: article.id, anchor: whole(anchor.offset), head: whole(head.offset) };
  }

  /** The view's position of a place in whole text; null for an article not shown. */
  position(article: ArticleId, offset: number, doc: Node): number | null {
    const index = this.live.findIndex(({ id }) => id === article);
    const live = this.live[index];
    if (live === undefined || index >= doc.childCount) return null;
    return positionOf(doc, { index, offset: toShown(live.text, this.view, Math.min(offset, live.text.length)) });
  }
}

/** Where the last step of a transaction left off. */
function lastChange(tr: Transaction): number {
  const step = tr.steps.at(-1);
  let end = step instanceof AddMarkStep || step instanceof RemoveMarkStep ? step.to : 0;
  if (step instanceof AttrStep) end = step.pos + (tr.doc.nodeAt(step.pos)?.nodeSize ?? 1) - 1;
  step?.getMap().forEach((_from, _to, _start, stop) => {
    end = Math.max(end, stop);
  });
  return Math.min(end, tr.doc.content.size);
}

const isEnded = (text: ArticleText): boolean => text.paragraphs.at(-1)?.ended === true;

/** Others' insertions at the caret come after it; at the ends of a selection they stay outside. */
export function keepSelection(tr: Transaction, old: Selection): void {
  if (!(old instanceof TextSelection) || !tr.docChanged) return;
  const { from, to } = old;
  const [start, end] = old.empty ? [tr.mapping.map(from, -1), tr.mapping.map(from, -1)] : [tr.mapping.map(from, 1), tr.mapping.map(to, -1)];
  const [head, anchor] = old.head < old.anchor ? [start, Math.max(start, end)] : [Math.max(start, end), start];
  tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
}
