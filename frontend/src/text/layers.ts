/**
 * The way of places between a caucus and its table: a caucus is the table with drafts in between, so a place of the
 * table is a place of the caucus less the drafted characters before it. At the table both ways are the identity.
 */

import type { ArticleText } from "./article-text";
import type { Attributes } from "./attributes";

const isDrafted = (attributes: Attributes): boolean => "draft:ins" in attributes;

/** Where a place of the text lies at the table. */
export function toTable(text: ArticleText, offset: number): number {
  let [at, tabled] = [0, 0];
  stretches(text, (length, drafted) => {
    const count = Math.min(length, offset - at);
    if (!drafted) tabled += count;
    at += count;
    return at < offset;
  });
  return tabled;
}

/** Where a place of the table lies in the text: before what is drafted there. */
export function fromTable(text: ArticleText, tabled: number): number {
  let [at, left] = [0, tabled];
  stretches(text, (length, drafted) => {
    if (left === 0) return false;
    if (drafted) at += length;
    else {
      const count = Math.min(length, left);
      at += count;
      left -= count;
    }
    return true;
  });
  return at;
}

function stretches(text: ArticleText, each: (length: number, drafted: boolean) => boolean): void {
  for (const paragraph of text.paragraphs) {
    if (paragraph.settled) {
      if (!each(paragraph.length, false)) return;
      continue;
    }
    for (const run of paragraph.runs) if (!each(run.text.length, isDrafted(run.attributes))) return;
    if (paragraph.ended && !each(1, isDrafted(paragraph.mark))) return;
  }
}
