/**
 * The three readings of a text, and the way of positions and deltas between a reading and the whole text.
 *
 * *Markup* shows every character with its marks; *proposed* reads as if all were accepted; *agreed* as it stands.
 * The mark that ends an article is always shown. Positions in a reading count shown characters only.
 */

import type { ArticleText, Paragraph } from "./article-text";
import { changed, difference, type Attributes } from "./attributes";
import { DeltaBuilder, lengthOf, type Delta } from "./delta";
import { isSuggestionKey, plain, proposedFormat } from "./marks";
import { append, type Run } from "./runs";

export type View = "markup" | "proposed" | "agreed";

export function isShown(attributes: Attributes, view: View): boolean {
  if (view === "markup") return true;
  for (const key in attributes) {
    if (!isSuggestionKey(key)) continue;
    const insertion = key === "ins" || key === "draft:ins";
    if (view === "agreed" ? insertion : key.startsWith("del:") || key === "draft:del") return false;
  }
  return true;
}

/** The attributes a shown character has in a view. */
export function shownAs(attributes: Attributes, view: View): Attributes {
  if (view === "markup") return attributes;
  return view === "agreed" ? plain(attributes) : proposedFormat(attributes);
}

/** A paragraph of a reading; its runs may come from several paragraphs whose marks are not shown. */
export interface ShownParagraph {
  readonly runs: readonly Run[];
  readonly mark: Attributes;
}

export function reading(text: ArticleText, view: View): ShownParagraph[] {
  if (view === "markup") return [...text.paragraphs];
  const result: ShownParagraph[] = [];
  let open: Run[] = [];
  text.paragraphs.forEach((paragraph, index) => {
    const last = index === text.paragraphs.length - 1;
    if (paragraph.settled && open.length === 0) {
      result.push(paragraph);
      return;
    }
    for (const run of paragraph.runs) {
      if (isShown(run.attributes, view)) append(open, run.text, shownAs(run.attributes, view));
    }
    if (!last && !isShown(paragraph.mark, view)) return;
    result.push({ runs: open, mark: shownAs(paragraph.mark, view) });
    open = [];
  });
  return result;
}

/** Every stretch of equal attributes in `[from, to)`, in order; `settled` when no mark of a suggestion is on it. */
type Visit = (length: number, shown: boolean) => boolean;

function visit(text: ArticleText, view: View, each: Visit): void {
  const last = text.length - 1;
  let offset = 0;
  for (const paragraph of text.paragraphs) {
    if (paragraph.settled) {
      if (!each(paragraph.length, true)) return;
      offset += paragraph.length;
      continue;
    }
    if (!visitRuns(paragraph, view, each)) return;
    offset += paragraph.length;
    if (paragraph.ended && !each(1, offset > last || isShown(paragraph.mark, view))) return;
  }
}

function visitRuns(paragraph: Paragraph, view: View, each: Visit): boolean {
  return paragraph.runs.every((run) => each(run.text.length, isShown(run.attributes, view)));
}

/** Where a place of the whole text lies in the reading. */
export function toShown(text: ArticleText, view: View, offset: number): number {
  if (view === "markup") return offset;
  let [whole, shown] = [0, 0];
  visit(text, view, (length, visible) => {
    const count = Math.min(length, offset - whole);
    if (visible) shown += count;
    whole += count;
    return whole < offset;
  });
  return shown;
}

/** Where a place of the reading lies in the whole text; `side` tells on which side of hidden characters. */
export function toWhole(text: ArticleText, view: View, offset: number, side: -1 | 1 = -1): number {
  if (view === "markup") return offset;
  let [whole, left] = [0, offset];
  visit(text, view, (length, visible) => {
    if (visible) {
      if (left < length && (left > 0 || side > 0)) {
        whole += left;
        left = 0;
        return false;
      }
      if (left === 0) return false;
      left -= length;
    }
    if (!visible && left === 0 && side < 0) return false;
    whole += length;
    return left > 0 || side > 0;
  });
  return whole;
}

/** An edit of the reading as an edit of the whole text: hidden characters stay, and insertions keep left of them. */
export function wholeDelta(text: ArticleText, view: View, delta: Delta): Delta {
  if (view === "markup") return delta;
  const result = new DeltaBuilder();
  let [shown, whole] = [0, 0];
  for (const op of delta) {
    if ("insert" in op) {
      result.push(op);
      continue;
    }
    const [start, end] = [shown, shown + lengthOf(op)];
    const stop = toWhole(text, view, end, -1);
    if ("retain" in op && op.attributes === undefined) result.retain(stop - whole);
    else if (start < end) {
      for (const piece of pieces(text, view, whole, stop)) {
        if (!piece.shown) result.retain(piece.length);
        else if ("delete" in op) result.delete(piece.length);
        else result.retain(piece.length, op.attributes);
      }
    }
    [shown, whole] = [end, stop];
  }
  return result.done();
}

/** What an edit of the whole text (not yet applied to `text`) does to the reading. */
export function shownDelta(text: ArticleText, view: View, delta: Delta): Delta {
  if (view === "markup") return delta;
  const result = new DeltaBuilder();
  let whole = 0;
  for (const op of delta) {
    if ("insert" in op) {
      const attributes = op.attributes ?? {};
      if (isShown(attributes, view)) result.insert(op.insert, shownAs(attributes, view));
      continue;
    }
    const end = Math.min(whole + lengthOf(op), text.length);
    if ("retain" in op && op.attributes !== undefined) retained(result, text, view, [whole, end], op.attributes);
    else {
      for (const piece of pieces(text, view, whole, end)) {
        if (piece.shown) result.push("delete" in op ? { delete: piece.length } : { retain: piece.length });
      }
    }
    whole = end;
  }
  return result.done();
}

function retained(result: DeltaBuilder, text: ArticleText, view: View, range: [number, number], change: Attributes): void {
  let offset = range[0];
  for (const run of text.slice(...range)) {
    const length = run.text.length;
    const after = changed(run.attributes, change);
    const final = offset + length === text.length && run.text.endsWith("\n");
    const [was, is] = [isShown(run.attributes, view), isShown(after, view)];
    offset += length;
    const [from, to] = [shownAs(run.attributes, view), shownAs(after, view)];
    const body = final ? length - 1 : length;
    if (was && is) result.retain(body, difference(from, to));
    else if (was) result.delete(body);
    else if (is) result.insert(run.text.slice(0, body), to);
    if (final) result.retain(1, difference(from, to));
  }
}

function pieces(text: ArticleText, view: View, from: number, to: number): { length: number; shown: boolean }[] {
  const result: { length: number; shown: boolean }[] = [];
  let offset = 0;
  visit(text, view, (length, shown) => {
    const count = Math.min(offset + length, to) - Math.max(offset, from);
    if (count > 0) result.push({ length: count, shown });
    offset += length;
    return offset < to;
  });
  return result;
}
