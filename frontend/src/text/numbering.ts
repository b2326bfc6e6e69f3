/**
 * Numbers of numbered paragraphs, counted for display only; they are never text.
 *
 * Two counts run side by side, for the agreed and the proposed reading, so that a pending insertion never
 * renumbers what is agreed. In an article whose title bears a number, the first level reads 7.1, 7.2.
 */

import type { Attributes } from "./attributes";
import { plain, proposedFormat, styleOf } from "./marks";
import { isShown } from "./projection";

export interface Numbers {
  /** Null: not a numbered paragraph in that reading, or not in it at all. */
  readonly agreed: string | null;
  readonly proposed: string | null;
}

/** Number an article's paragraphs, given the attributes of their marks, hidden ones included. */
export function numbering(marks: readonly Attributes[], prefix: string): Numbers[] {
  const [agreed, proposed] = [new Counter(prefix), new Counter(prefix)];
  return marks.map((mark, index) => {
    const last = index === marks.length - 1;
    return {
      agreed: last || isShown(mark, "agreed") ? agreed.next(plain(mark)) : null,
      proposed: last || isShown(mark, "proposed") ? proposed.next(proposedFormat(mark)) : null,
    };
  });
}

/** The number an article's title bears ("Article 7 — Hours" is "7"), or nothing. */
export function articleNumber(title: string): string {
  return /^\s*(?:article|section|artículo|art\.)?\s*(\d+[A-Z]?)\b/iu.exec(title)?.[1] ?? "";
}

class Counter {
  private readonly counts = [0, 0, 0, 0, 0, 0];

  constructor(private readonly prefix: string) {}

  next(mark: Attributes): string | null {
    const { style, level } = styleOf(mark);
    if (style !== "numbered") {
      // A heading begins a new run of items; other paragraphs stand between items without ending their run.
      if (style === "heading") this.counts.fill(0, this.prefix === "" ? 0 : 1);
      return null;
    }
    this.counts.fill(0, level);
    const count = (this.counts[level - 1] ?? 0) + 1;
    this.counts[level - 1] = count;
    return label(level, count, this.prefix);
  }
}

function label(level: number, count: number, prefix: string): string {
  if (level === 1) return prefix === "" ? `${String(count)}.` : `${prefix}.${String(count)}`;
  if (level === 2) return `(${letters(count)})`;
  if (level === 3) return `(${roman(count)})`;
  if (level === 4) return `(${letters(count).toUpperCase()})`;
  return level === 5 ? `(${String(count)})` : `(${roman(count).toUpperCase()})`;
}

/** a … z, aa, bb …, as agreements letter them. */
function letters(count: number): string {
  return String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.floor((count - 1) / 26) + 1);
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "m"], [900, "cm"], [500, "d"], [400, "cd"], [100, "c"], [90, "xc"],
  [50, "l"], [40, "xl"], [10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"],
];

function roman(count: number): string {
  let [left, result] = [count, ""];
  for (const [value, digits] of ROMAN) {
    while (left >= value) {
      result += digits;
      left -= value;
    }
  }
  return result;
}
