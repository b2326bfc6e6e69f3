/**
 * A change of the shown text as the smallest change of the view.
 *
 * Operations are applied from the last to the first, so each finds the places before it where the text had them.
 * Marks change by mark steps and paragraph marks by attribute steps: neither moves a position, and no paragraph
 * is drawn again for a letter.
 */

import { Fragment, Mark, type Node, Slice } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { AddMarkStep, AttrStep, RemoveMarkStep, ReplaceStep } from "prosemirror-transform";

import { changed, NONE, sameAttributes, type Attributes } from "../text/attributes";
import { lengthOf, type Delta, type Insert } from "../text/delta";
import { lastOffset, positionOf } from "./positions";
import { attributesOf, marksOf, schema } from "./schema";

/** Apply a delta of the shown text of the article at `index`. */
export function applyDelta(tr: Transaction, index: number, delta: Delta): void {
  let offset = delta.reduce((sum, op) => ("insert" in op ? sum : sum + lengthOf(op)), 0);
  for (const op of [...delta].reverse()) {
    if (!("insert" in op)) offset -= lengthOf(op);
    if ("insert" in op) insert(tr, index, offset, op);
    else if ("delete" in op) remove(tr, index, offset, op.delete);
    else if (op.attributes !== undefined) restyle(tr, index, offset, op.retain, op.attributes);
  }
}

function insert(tr: Transaction, index: number, offset: number, op: Insert): void {
  const attributes = op.attributes ?? NONE;
  const position = positionOf(tr.doc, { index, offset });
  const pieces = op.insert.split("\n").map((text) => (text === "" ? [] : [schema.text(text, marksOf(attributes))]));
  if (pieces.length === 1) {
    tr.step(new ReplaceStep(position, position, new Slice(Fragment.from(pieces[0]), 0, 0)));
    return;
  }
  const at = tr.doc.resolve(position);
  const ended = (content: Node[]): Node => schema.nodes.paragraph.create({ mark: attributes }, content);
  const tail = pieces.pop() ?? [];
  if (at.parentOffset === 0 && tail.length === 0) {
    // Whole paragraphs before this one: it keeps its own node.
    tr.step(new ReplaceStep(at.before(2), at.before(2), new Slice(Fragment.from(pieces.map(ended)), 0, 0)));
    return;
  }
  const last = schema.nodes.paragraph.create(at.parent.attrs, tail);
  tr.step(new ReplaceStep(position, position, new Slice(Fragment.from([...pieces.map(ended), last]), 1, 1)));
  setMark(tr, at.before(2), attributes);
}

function remove(tr: Transaction, index: number, offset: number, count: number): void {
  const [from, to] = [positionOf(tr.doc, { index, offset }), positionOf(tr.doc, { index, offset: offset + count })];
  const [start, end] = [tr.doc.resolve(from), tr.doc.resolve(to)];
  if (start.sameParent(end)) tr.step(new ReplaceStep(from, to, Slice.empty));
  else if (start.parentOffset === 0 && end.parentOffset === 0) {
    tr.step(new ReplaceStep(start.before(2), end.before(2), Slice.empty));
  } else {
    const mark = markOf(end.parent);
    tr.step(new ReplaceStep(from, to, Slice.empty));
    setMark(tr, start.before(2), mark);
  }
}

function restyle(tr: Transaction, index: number, offset: number, count: number, change: Attributes): void {
  const from = positionOf(tr.doc, { index, offset });
  const to = positionOf(tr.doc, { index, offset: offset + count });
  const article = tr.doc.child(index);
  const final = offset + count > lastOffset(article) ? article.lastChild : null;
  tr.doc.nodesBetween(from, to, (node, position) => {
    if (node.type === schema.nodes.paragraph) {
      // The paragraph's mark lies at its end: `to` in a later paragraph means it was covered.
      if (position + node.nodeSize <= to || node === final) setMark(tr, position, changed(markOf(node), change));
    } else if (node.isText) {
      const range = [Math.max(position, from), Math.min(position + node.nodeSize, to)] as const;
      if (range[0] < range[1]) remark(tr, range, node.marks, marksOf(changed(attributesOf(node.marks), change)));
    }
    return true;
  });
}

function remark(tr: Transaction, [from, to]: readonly [number, number], old: readonly Mark[], now: readonly Mark[]): void {
  let [gone, added] = [old.filter((mark) => !mark.isInSet(now)), now.filter((mark) => !mark.isInSet(old))];
  const kept = old.filter((mark) => mark.isInSet(now));
  if (!Mark.sameSet(added.reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), kept), now)) {
    // Several parties' marks of one kind stand in a fixed order, or equal neighbours would never join.
    [gone, added] = [[...old], [...now]];
  }
  for (const mark of gone) tr.step(new RemoveMarkStep(from, to, mark));
  for (const mark of added) tr.step(new AddMarkStep(from, to, mark));
}

function setMark(tr: Transaction, position: number, mark: Attributes): void {
  const node = tr.doc.nodeAt(position);
  if (node !== null && !sameAttributes(markOf(node), mark)) tr.step(new AttrStep(position, "mark", mark));
}

/** The attributes of the "\n" that ends a paragraph. */
export function markOf(paragraph: Node): Attributes {
  return (paragraph.attrs as { mark: Attributes }).mark;
}
