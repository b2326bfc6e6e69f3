/**
 * Places in the view and in the shown flat text, and the way between them.
 *
 * A paragraph of n characters takes n + 2 positions in the view and n + 1 in the text, so an offset is a position
 * less one for every paragraph opened before it.
 */

import type { Node } from "prosemirror-model";

/** A place in the shown text of the article at `index`. */
export interface Place {
  readonly index: number;
  readonly offset: number;
}

export function placeOf(doc: Node, position: number): Place {
  if (doc.childCount === 0) return { index: 0, offset: 0 };
  const at = doc.resolve(position);
  const index = Math.min(at.index(0), doc.childCount - 1);
  if (at.depth === 0) return { index, offset: position === 0 || at.nodeAfter !== null ? 0 : lastOffset(doc.child(index)) };
  const offset = position - at.start(1) - at.index(1) - (at.depth > 1 ? 1 : 0);
  return { index, offset: Math.min(offset, lastOffset(doc.child(index))) };
}

/** Where an article's content begins. */
export function startOf(doc: Node, index: number): number {
  let position = 1;
  for (let i = 0; i < index; i += 1) position += doc.child(i).nodeSize;
  return position;
}

export function positionOf(doc: Node, place: Place): number {
  const article = doc.child(place.index);
  let position = startOf(doc, place.index);
  let left = place.offset;
  for (let i = 0; i < article.childCount; i += 1) {
    const paragraph = article.child(i);
    const size = paragraph.content.size;
    if (left <= size || i === article.childCount - 1) return position + 1 + Math.max(0, Math.min(left, size));
    left -= size + 1;
    position += paragraph.nodeSize;
  }
  return position;
}

/** The shown text's last place, before the mark that ends the article. */
export function lastOffset(article: Node): number {
  return article.content.size - article.childCount - 1;
}
