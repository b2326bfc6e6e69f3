/** Deleting, at every boundary: what may not be deleted is struck, and the caret moves on over it. */

import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";

import { boundaryAfter, boundaryBefore, type Unit } from "../text/graphemes";
import { proposedFormat, styleOf } from "../text/marks";
import type { Binding } from "./binding";
import { markOf } from "./changes";
import { placeOf } from "./positions";
import { schema } from "./schema";
import { replaced } from "./steps";
import { setParagraphs, shiftLevel } from "./typing";

export type Direction = "backward" | "forward";

/** Delete a stretch of the view; the caret goes before it, or past it when deleting forward. */
export function deleteRange(binding: Binding, from: number, to: number, direction: Direction, opens: boolean): boolean {
  const doc = binding.prose?.state.doc;
  if (doc === undefined) return false;
  const caret = direction === "backward" ? { ...placeOf(doc, from), side: -1 as const } : { ...placeOf(doc, to), side: 1 as const };
  return binding.edit(replaced(doc, from, to, []), caret, opens);
}

/** Backspace and Delete, by character or word. They always count as dealt with: nothing is left to the browser. */
export function deleteUnit(binding: Binding, direction: Direction, unit: Unit): boolean {
  const selection = binding.prose?.state.selection;
  if (selection === undefined) return false;
  if (!selection.empty) {
    deleteRange(binding, selection.from, selection.to, direction, true);
    return true;
  }
  if (!(selection instanceof TextSelection)) return true;
  if (direction === "backward" && selection.$from.parentOffset === 0 && leaveList(binding, selection.$from.parent)) return true;
  const range = direction === "backward" ? unitBefore(selection, unit) : unitAfter(selection, unit);
  if (range !== null) deleteRange(binding, ...range, direction, false);
  return true;
}

/** At the start of a list item Backspace first takes the item out of its list, as people know it. */
function leaveList(binding: Binding, paragraph: Node): boolean {
  const { style, level } = styleOf(proposedFormat(markOf(paragraph)));
  if (style !== "numbered" && style !== "bulleted") return false;
  return level > 1 ? shiftLevel(binding, -1) : setParagraphs(binding, "paragraph", 1) || true;
}

function unitBefore({ $from }: TextSelection, unit: Unit): [number, number] | null {
  const text = segmentable($from.parent, unit);
  if ($from.parentOffset > 0) return [$from.start() + boundaryBefore(text, $from.parentOffset, unit), $from.pos];
  // The mark between two paragraphs lies between the end of one and the start of the next.
  return $from.index(1) > 0 ? [$from.before() - 1, $from.pos] : null;
}

function unitAfter({ $from }: TextSelection, unit: Unit): [number, number] | null {
  const text = segmentable($from.parent, unit);
  if ($from.parentOffset < text.length) return [$from.pos, $from.start() + boundaryAfter(text, $from.parentOffset, unit)];
  return $from.index(1) < $from.node(1).childCount - 1 ? [$from.pos, $from.after() + 1] : null;
}

/** A paragraph's text; for words, struck characters part them, though they stand side by side. */
function segmentable(paragraph: Node, unit: Unit): string {
  if (unit === "grapheme") return paragraph.textContent;
  let text = "";
  paragraph.forEach((node) => {
    const struck = node.marks.some((mark) => mark.type === schema.marks.deletion);
    text += struck ? " ".repeat(node.nodeSize) : (node.text ?? "");
  });
  return text;
}
