/**
 * Input methods: nothing is drawn under a composing user.
 *
 * While a composition is under way the view may run ahead of the text: what is composed goes into the view as the
 * browser wrote it and is kept as a delta. Others' changes elsewhere land at once; those in the composed paragraph wait.
 * When it ends, the view is put back to what the text says and the delta becomes one ordinary edit.
 */

import { TextSelection, type Transaction } from "prosemirror-state";

import { compose, lengthOf, mapOffset, transform, type Delta } from "../text/delta";
import { type Binding, keepSelection, type Shown, SHOWN } from "./binding";
import { applyDelta } from "./changes";
import { caretOf } from "./carets";
import { reconcile } from "./nodes";
import { placeOf, positionOf } from "./positions";
import { editsOf, type Edits, withoutEcho } from "./steps";

interface Under {
  /** What was composed, over the text as shown when it began (plus what landed since). */
  readonly edits: Edits;
  /** What others changed since in composed paragraphs, not shown yet. */
  readonly waiting: Edits;
}

export class Composition {
  private under: Under | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly binding: Binding) {
    binding.aside = (index, shown) => this.aside(index, shown);
  }

  get active(): boolean {
    return this.under !== null;
  }

  begin(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.under ??= { edits: new Map(), waiting: new Map() };
  }

  /** ProseMirror reads the last composed text shortly after the browser says the composition ended. */
  end(): void {
    if (this.under === null) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.finish();
    }, 40);
  }

  /** Take a transaction that the composition led to into the view as it is. */
  absorb(tr: Transaction): void {
    if (this.under === null) return;
    for (const [index, delta] of editsOf(tr)) {
      this.under.edits.set(index, compose(this.under.edits.get(index) ?? [], delta));
    }
  }

  /** Turn what was composed into an edit, at once. */
  finish(): void {
    const { under, binding } = this;
    const prose = binding.prose;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.under = null;
    if (under === null || prose === null) return;
    if (under.edits.size === 0 && under.waiting.size === 0) return;
    const caret = caretOf(under.edits, placeOf(prose.state.doc, prose.state.selection.head), null);
    const tr = prose.state.tr.setMeta(SHOWN, "others" satisfies Shown);
    for (const index of new Set([...under.edits.keys(), ...under.waiting.keys()])) {
      const article = binding.articles[index];
      if (article !== undefined) reconcile(tr, index, article.text, binding.view);
    }
    const edits: Edits = new Map();
    for (const [index, delta] of under.edits) {
      edits.set(index, withoutEcho(tr.doc, index, transform(delta, under.waiting.get(index) ?? [], false)));
    }
    const moved = { ...caret, offset: mapOffset(under.waiting.get(caret.index) ?? [], caret.offset, 1) };
    // Drawn once: the view is put back and changed again before the browser paints.
    tr.setSelection(TextSelection.create(tr.doc, positionOf(tr.doc, moved)));
    prose.dispatch(tr);
    binding.edit(edits, moved);
  }

  private aside(index: number, shown: Delta): boolean {
    const { under, binding } = this;
    const prose = binding.prose;
    if (under === null || prose === null) return false;
    const waiting = under.waiting.get(index);
    const composed = under.edits.get(index) ?? [];
    const moved = transform(shown, composed, true);
    if (waiting !== undefined || this.touches(index, moved)) {
      under.waiting.set(index, compose(waiting ?? [], shown));
      return true;
    }
    const tr = prose.state.tr.setMeta(SHOWN, "others" satisfies Shown);
    applyDelta(tr, index, moved);
    keepSelection(tr, prose.state.selection);
    if (composed.length > 0) under.edits.set(index, transform(composed, shown, false));
    prose.dispatch(tr);
    return true;
  }

  /** Whether a change reaches into the paragraph being composed. */
  private touches(index: number, delta: Delta): boolean {
    const state = this.binding.prose?.state;
    if (state === undefined) return false;
    const { $head } = state.selection;
    const head = placeOf(state.doc, $head.pos);
    if (head.index !== index || $head.depth !== 2) return false;
    const start = head.offset - $head.parentOffset;
    const [from, to] = extent(delta);
    return to >= start && from <= start + $head.parent.content.size;
  }
}

/** The first and last place of the old text that a delta changes. */
function extent(delta: Delta): [number, number] {
  let [offset, from, to] = [0, Infinity, -1];
  for (const op of delta) {
    const end = "insert" in op ? offset : offset + lengthOf(op);
    if (!("retain" in op) || op.attributes !== undefined) [from, to] = [Math.min(from, offset), Math.max(to, end)];
    offset = end;
  }
  return [from, to];
}
