/**
 * One article's flat text as paragraphs of runs, kept current by deltas.
 *
 * Paragraphs are values: one that a delta does not touch is the same object afterwards, so what was computed
 * from it (a view's node, a length, its suggestions) stays good. A keystroke costs its paragraph, plus one
 * pass over the article's paragraphs.
 */

import { changed, NONE, type Attributes } from "./attributes";
import { lengthOf, type Delta } from "./delta";
import { carriesSuggestion } from "./marks";
import { append, sliceRuns, type Run, type RunReader } from "./runs";

export interface Paragraph {
  /** The text before the paragraph mark. */
  readonly runs: readonly Run[];
  /** Attributes of the paragraph mark, "\n". */
  readonly mark: Attributes;
  /** Whether the mark is there. Only the last paragraph of a text not yet ended by "\n" has none. */
  readonly ended: boolean;
  /** UTF-16 units, the mark included. */
  readonly length: number;
  /** No pending suggestion touches it, so it reads the same in every view. */
  readonly settled: boolean;
}

export class ArticleText implements RunReader {
  private list: readonly Paragraph[];
  private size: number;
  private changes = 0;

  constructor(runs: readonly Run[]) {
    const cutter = new Cutter();
    for (const run of runs) cutter.text(run.text, run.attributes);
    this.list = cutter.done();
    this.size = this.list.reduce((sum, paragraph) => sum + paragraph.length, 0);
  }

  /** At least one, even of an empty text. */
  get paragraphs(): readonly Paragraph[] {
    return this.list;
  }

  get length(): number {
    return this.size;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.changes;
  }

  slice(from: number, to: number): Run[] {
    const result: Run[] = [];
    let start = 0;
    for (const paragraph of this.list) {
      if (start >= to) break;
      const end = start + paragraph.length;
      if (end > from) {
        for (const run of sliceRuns(paragraph.runs, from - start, to - start)) append(result, run.text, run.attributes);
        if (paragraph.ended && end <= to) append(result, "\n", paragraph.mark);
      }
      start = end;
    }
    return result;
  }

  /** The paragraph that holds the place before the character at `offset`, and where it starts. */
  locate(offset: number): { paragraph: Paragraph; index: number; start: number } {
    let start = 0;
    let last = { paragraph: EMPTY, index: 0, start };
    for (const [index, paragraph] of this.list.entries()) {
      last = { paragraph, index, start };
      if (offset < start + paragraph.length) break;
      start += paragraph.length;
    }
    return last;
  }

  apply(delta: Delta): void {
    const cutter = new Cutter();
    const source = new ParagraphReader(this.list);
    for (const op of delta) {
      if ("insert" in op) cutter.text(op.insert, op.attributes ?? NONE);
      else source.take(lengthOf(op), "delete" in op ? null : cutter, "retain" in op ? op.attributes : undefined);
    }
    source.take(Infinity, cutter, undefined);
    this.list = cutter.done();
    this.size = this.list.reduce((sum, paragraph) => sum + paragraph.length, 0);
    this.changes += 1;
  }
}

function paragraphOf(runs: readonly Run[], mark: Attributes, ended: boolean): Paragraph {
  const length = runs.reduce((sum, run) => sum + run.text.length, ended ? 1 : 0);
  const settled = !carriesSuggestion(mark) && !runs.some((run) => carriesSuggestion(run.attributes));
  return { runs, mark, ended, length, settled };
}

const EMPTY = paragraphOf([], NONE, false);

/** Cuts incoming text into paragraphs, taking whole untouched ones as they are. */
class Cutter {
  private readonly paragraphs: Paragraph[] = [];
  private open: Run[] = [];

  text(text: string, attributes: Attributes): void {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      append(this.open, text.slice(from, at), attributes);
      this.paragraphs.push(paragraphOf(this.open, attributes, true));
      this.open = [];
      from = at + 1;
    }
    append(this.open, text.slice(from), attributes);
  }

  /** Take a whole paragraph unchanged; false when text before it belongs to it now. */
  whole(paragraph: Paragraph): boolean {
    if (this.open.length > 0 || !paragraph.ended) return false;
    this.paragraphs.push(paragraph);
    return true;
  }

  done(): Paragraph[] {
    if (this.open.length > 0 || this.paragraphs.length === 0) this.paragraphs.push(paragraphOf(this.open, NONE, false));
    return this.paragraphs;
  }
}

/** Reads paragraphs forward, handing pieces to a cutter (or dropping them, for null). */
class ParagraphReader {
  private index = 0;
  private offset = 0;

  constructor(private readonly paragraphs: readonly Paragraph[]) {}

  take(count: number, into: Cutter | null, change: Attributes | undefined): void {
    let left = count;
    while (left > 0) {
      const paragraph = this.paragraphs[this.index];
      if (paragraph === undefined) return;
      const length = Math.min(left, paragraph.length - this.offset);
      const untouched = this.offset === 0 && length === paragraph.length && change === undefined;
      if (into !== null && !(untouched && into.whole(paragraph))) this.pieces(paragraph, length, into, change);
      this.offset += length;
      left -= length;
      if (this.offset >= paragraph.length) {
        this.index += 1;
        this.offset = 0;
      }
    }
  }

  private pieces(paragraph: Paragraph, length: number, into: Cutter, change: Attributes | undefined): void {
    const end = this.offset + length;
    for (const run of sliceRuns(paragraph.runs, this.offset, end)) into.text(run.text, changed(run.attributes, change));
    if (paragraph.ended && end === paragraph.length) into.text("\n", changed(paragraph.mark, change));
  }
}
