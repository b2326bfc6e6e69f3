/**
 * What a transaction that the browser's input led to means as deltas of the shown text.
 *
 * Such transactions replace stretches and nothing else; formats and styles go through commands of our own.
 */

import type { Fragment, Node, Slice } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";

import type { Attributes } from "../text/attributes";
import { compose, DeltaBuilder, lengthOf, type Delta } from "../text/delta";
import { splitsPair } from "../text/graphemes";
import { plain } from "../text/marks";
import { writable } from "../text/plain";
import { markOf } from "./changes";
import { lastOffset, placeOf, positionOf } from "./positions";
import { attributesOf, schema } from "./schema";

/** Deltas by index of article. */
export type Edits = Map<number, Delta>;

export function editsOf(tr: Transaction): Edits {
  const edits: Edits = new Map();
  tr.steps.forEach((step, i) => {
    const doc = tr.docs[i];
    if (!(step instanceof ReplaceStep) || doc === undefined) return;
    for (const [index, delta] of replaced(doc, step.from, step.to, step.slice)) {
      edits.set(index, compose(edits.get(index) ?? [], delta));
    }
  });
  return edits;
}

/** Replace a stretch of the view: inside each article the stretch covers, and never the mark that ends one. */
export function replaced(doc: Node, from: number, to: number, slice: Slice | readonly Piece[]): Edits {
  const [start, end] = [placeOf(doc, from), placeOf(doc, to)];
  const edits: Edits = new Map();
  for (let index = start.index; index <= end.index; index += 1) {
    const first = index === start.index ? start.offset : 0;
    const last = index === end.index ? end.offset : lastOffset(doc.child(index));
    const builder = new DeltaBuilder().retain(first).delete(last - first);
    if (index === start.index) {
      const inherited = doc.resolve(from).depth === 2 ? plain(markOf(doc.resolve(from).parent)) : {};
      for (const piece of isPieces(slice) ? slice : flattened(slice, inherited)) builder.insert(piece.text, piece.attributes);
    }
    const delta = builder.done();
    if (delta.length > 0) edits.set(index, delta);
  }
  return edits;
}

export interface Piece {
  readonly text: string;
  readonly attributes: Attributes;
}

const isPieces = (slice: Slice | readonly Piece[]): slice is readonly Piece[] => Array.isArray(slice);

/** The text of a slice; a paragraph open at its start ends with the mark it was split from. */
function flattened(slice: Slice, inherited: Attributes): Piece[] {
  const pieces: Piece[] = [];
  const walk = (fragment: Fragment, openStart: number, openEnd: number): void => {
    fragment.forEach((node, _offset, i) => {
      const [opens, closes] = [i === 0 ? openStart : 0, i < fragment.childCount - 1 || openEnd <= 0];
      if (node.isText) pieces.push({ text: writable(node.text ?? ""), attributes: plain(attributesOf(node.marks)) });
      else {
        walk(node.content, opens - 1, closes ? 0 : openEnd - 1);
        if (node.type === schema.nodes.paragraph && closes) {
          pieces.push({ text: "\n", attributes: opens > 0 ? inherited : plain(markOf(node)) });
        }
      }
    });
  };
  walk(slice.content, slice.openStart, slice.openEnd);
  return pieces;
}

/**
 * Leave out of an edit what it deletes only to write again: input methods and spelling checkers replace whole words,
 * and a suggestion should show the letters that differ. Formatting of the kept letters stays as it is.
 */
export function withoutEcho(doc: Node, index: number, delta: Delta): Delta {
  const result = new DeltaBuilder();
  let offset = 0;
  for (let i = 0; i < delta.length; i += 1) {
    const [op, next] = [delta[i], delta[i + 1]];
    if (op === undefined) break;
    if ("delete" in op && next !== undefined && "insert" in next) {
      const old = shownText(doc, index, offset, offset + op.delete);
      const [head, tail] = shared(old, next.insert);
      result.retain(head).delete(old.length - head - tail);
      result.insert(next.insert.slice(head, next.insert.length - tail), next.attributes).retain(tail);
      i += 1;
    } else result.push(op);
    if (!("insert" in op)) offset += lengthOf(op);
  }
  return result.done();
}

function shownText(doc: Node, index: number, from: number, to: number): string {
  const [start, end] = [positionOf(doc, { index, offset: from }), positionOf(doc, { index, offset: to })];
  return doc.textBetween(start, end, "\n");
}

/** How much two texts share at their start and at their end, never half a pair. */
function shared(a: string, b: string): [number, number] {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  if (splitsPair(a, head) || splitsPair(b, head)) head -= 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  if (tail > 0 && (splitsPair(a, a.length - tail) || splitsPair(b, b.length - tail))) tail -= 1;
  return [head, tail];
}
