/**
 * Places that stay with their words: a Yjs relative position, written down as text. One is found again in any later
 * state of the document, also once the words are gone, and is null where this document never held it.
 */
import { fromBase64, toBase64 } from "lib0/buffer";
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromTypeIndex,
  decodeRelativePosition,
  type Doc,
  encodeRelativePosition,
  type Text as YText,
} from "yjs";

/** Write down a place; `side` says which of the two characters beside it it stays with. */
export function anchorAt(text: YText, offset: number, side: "before" | "after"): string {
  const place = createRelativePositionFromTypeIndex(text, Math.min(offset, text.length), side === "before" ? -1 : 0);
  return toBase64(encodeRelativePosition(place));
}

export function offsetOf(doc: Doc, text: YText, anchor: string): number | null {
  try {
    const place = createAbsolutePositionFromRelativePosition(decodeRelativePosition(fromBase64(anchor)), doc);
    return place?.type === text ? place.index : null;
  } catch {
    // What somebody else wrote may be anything: an anchor that cannot be read is nowhere.
    return null;
  }
}
