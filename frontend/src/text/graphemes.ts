/** User-perceived characters and words, so that no caret or deletion ever stops inside an emoji or a cluster. */

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
/** Clusters reach no further back than this in practice; segmenting a whole long paragraph would. */
const WINDOW = 64;

export type Unit = "grapheme" | "word";

/** The start of the unit before `offset` (for words: over any spaces, then the word). */
export function boundaryBefore(text: string, offset: number, unit: Unit): number {
  if (offset <= 0) return 0;
  if (unit === "word") {
    let end = offset;
    while (end > 0 && /\s/u.test(text.charAt(end - 1))) end -= 1;
    return lastStart(words.segment(text.slice(0, end)), 0);
  }
  const from = Math.max(0, snapped(text, offset - WINDOW));
  return lastStart(graphemes.segment(text.slice(from, offset)), from);
}

/** The end of the unit after `offset`. */
export function boundaryAfter(text: string, offset: number, unit: Unit): number {
  if (offset >= text.length) return text.length;
  if (unit === "word") {
    let start = offset;
    while (start < text.length && /\s/u.test(text.charAt(start))) start += 1;
    const [first] = words.segment(text.slice(start));
    return start + (first?.segment.length ?? 0);
  }
  const [first] = graphemes.segment(text.slice(offset, offset + WINDOW));
  return offset + (first?.segment.length ?? 1);
}

function lastStart(segments: Iterable<Intl.SegmentData>, base: number): number {
  let start = 0;
  for (const segment of segments) start = segment.index;
  return base + start;
}

/** Whether `offset` lies between the halves of a surrogate pair. */
export function splitsPair(text: string, offset: number): boolean {
  return isHigh(text.charCodeAt(offset - 1)) && isLow(text.charCodeAt(offset));
}

function snapped(text: string, offset: number): number {
  return offset > 0 && splitsPair(text, offset) ? offset - 1 : offset;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
