/** Where each pending suggestion stands in the flat texts, in text order; read again only for articles that changed. */

import type { ArticleText, Paragraph } from "../text/article-text";
import { suggestionsOf } from "../text/marks";
import type { LiveArticle } from "./binding";
import type { ArticleId, SuggestionId } from "./types";

export interface Span {
  readonly article: ArticleId;
  /** Offsets in whole text: the first character that bears it, and the end of the last. */
  readonly from: number;
  readonly to: number;
}

interface Known {
  readonly revision: number;
  readonly spans: ReadonlyMap<SuggestionId, Span>;
}

export class SuggestionIndex {
  private readonly known = new WeakMap<ArticleText, Known>();

  /** Every pending suggestion in text order. */
  all(articles: readonly LiveArticle[]): Map<SuggestionId, Span> {
    const result = new Map<SuggestionId, Span>();
    for (const article of articles) for (const [id, span] of this.of(article)) if (!result.has(id)) result.set(id, span);
    return result;
  }

  find(articles: readonly LiveArticle[], id: SuggestionId): Span | null {
    for (const article of articles) {
      const span = this.of(article).get(id);
      if (span !== undefined) return span;
    }
    return null;
  }

  /** Those of one article. */
  of({ id, text }: LiveArticle): ReadonlyMap<SuggestionId, Span> {
    const known = this.known.get(text);
    if (known?.revision === text.revision) return known.spans;
    const spans = new Map<SuggestionId, Span>();
    let start = 0;
    for (const paragraph of text.paragraphs) {
      if (!paragraph.settled) {
        for (const [found, from, to] of marked(paragraph)) {
          spans.set(found, { article: id, from: spans.get(found)?.from ?? start + from, to: start + to });
        }
      }
      start += paragraph.length;
    }
    this.known.set(text, { revision: text.revision, spans });
    return spans;
  }
}

type Found = readonly [SuggestionId, number, number];
const read = new WeakMap<Paragraph, readonly Found[]>();

function marked(paragraph: Paragraph): readonly Found[] {
  let found = read.get(paragraph);
  if (found === undefined) {
    const list: Found[] = [];
    let offset = 0;
    for (const run of paragraph.runs) {
      const end = offset + run.text.length;
      for (const id of suggestionsOf(run.attributes)) list.push([id, offset, end]);
      offset = end;
    }
    for (const id of suggestionsOf(paragraph.mark)) list.push([id, offset, offset + 1]);
    found = list;
    read.set(paragraph, found);
  }
  return found;
}
