/** Typing and breaking paragraphs, with the few things typed that mean a style ("1. ", "- ", "# "). */

import type { Node } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";

import { composed, type Attributes } from "../text/attributes";
import { compose, DeltaBuilder, type Delta } from "../text/delta";
import { formatsOf, insertionsOf, plain, proposedFormat, styleOf } from "../text/marks";
import { withParagraphMarks, writable } from "../text/plain";
import type { Binding, Caret } from "./binding";
import { markOf } from "./changes";
import { lastOffset, placeOf, type Place } from "./positions";
import { attributesOf, schema } from "./schema";
import { replaced, type Edits, type Piece } from "./steps";
import type { ParagraphStyle } from "./types";

/** The formatting that typed text takes on: chosen at the caret, or that of the text before it. */
export function typingAttributes(state: EditorState): Attributes {
  const marks = state.storedMarks ?? state.selection.$from.marks();
  const standing = attributesOf(marks);
  const own = formatsOf(standing).length > 0 ? proposedFormat(standing) : plain(standing);
  return Object.fromEntries(Object.entries(own).filter(([key]) => key !== "link" || state.storedMarks !== null));
}

/** Replace a stretch of the view by text; the caret goes after it. */
export function replaceBy(binding: Binding, range: readonly [number, number], pieces: readonly Piece[], opens: boolean): boolean {
  const doc = binding.prose?.state.doc;
  if (doc === undefined) return false;
  return binding.edit(replaced(doc, ...range, pieces), afterReplaced(doc, ...range), opens);
}

/** The place after a replaced stretch, in the article where the new text goes. */
export function afterReplaced(doc: Node, from: number, to: number): Caret {
  const [start, end] = [placeOf(doc, from), placeOf(doc, to)];
  const offset = start.index === end.index ? end.offset : lastOffset(doc.child(start.index));
  return { index: start.index, offset, side: 1 };
}

export function typeText(binding: Binding, text: string, from?: number, to?: number): boolean {
  const state = binding.prose?.state;
  if (state === undefined || text === "") return false;
  const range = [from ?? state.selection.from, to ?? state.selection.to] as const;
  const typed = writable(withParagraphMarks(text));
  if (typed === " " && range[0] === range[1] && styleTyped(binding, state, range[0])) return true;
  const attributes = typingAttributes(state);
  const pieces = typed.split(/(\n)/).map((piece) => ({ text: piece, attributes: piece === "\n" ? paragraphAt(state, range[0]) : attributes }));
  return replaceBy(binding, range, pieces, range[0] !== range[1]);
}

/** The plain paragraph attributes where a position lies. */
function paragraphAt(state: EditorState, position: number): Attributes {
  const at = state.doc.resolve(position);
  return at.depth === 2 ? proposedFormat(markOf(at.parent)) : {};
}

/**
 * Break the paragraph. After its last character the new one stands behind it, whole, and a heading is followed by text;
 * but where one has just been typing, the typed text goes on over the break, so that it stays one suggestion.
 */
export function breakParagraph(binding: Binding): boolean {
  const state = binding.prose?.state;
  if (state === undefined) return false;
  const { $from, from, to } = state.selection;
  if ($from.depth !== 2) return false;
  const mark = paragraphAt(state, from);
  const { style, level } = styleOf(mark);
  const atEnd = from === to && $from.parentOffset === $from.parent.content.size;
  if (atEnd && $from.parentOffset === 0 && (style === "numbered" || style === "bulleted")) {
    return setParagraphs(binding, level > 1 ? style : "paragraph", level > 1 ? level - 1 : 1);
  }
  const next: Attributes = style === "heading" ? {} : mark;
  const place = placeOf(state.doc, from);
  const goesOn = style !== "heading" && $from.nodeBefore !== null && isPending(binding, $from.parent, $from.parentOffset - 1, $from.parentOffset);
  if (atEnd && !goesOn && $from.parentOffset > 0 && place.offset < lastOffset(state.doc.child(place.index))) {
    const behind = new DeltaBuilder().retain(place.offset + 1).insert("\n", next).done();
    // The caret stands before the new mark, which is one character long.
    return binding.edit(new Map([[place.index, behind]]), { index: place.index, offset: place.offset + 1, side: 1, back: 1 });
  }
  const before = $from.parentOffset === 0 && from === to && style === "heading" ? {} : mark;
  return replaceBy(binding, [from, to], [{ text: "\n", attributes: before }], from !== to);
}

/** Give the selected paragraphs a style. */
export function setParagraphs(binding: Binding, style: ParagraphStyle, level: number): boolean {
  const change = { style: style === "paragraph" ? null : style, level: style === "paragraph" || level === 1 ? null : level };
  return restyleParagraphs(binding, () => change);
}

/** Move list items and headings a level in or out; false when none is selected. */
export function shiftLevel(binding: Binding, by: 1 | -1): boolean {
  let any = false;
  const shift = (mark: Attributes): Attributes | undefined => {
    const { style, level } = styleOf(proposedFormat(mark));
    if (style !== "numbered" && style !== "bulleted") return undefined;
    any = true;
    if (level + by < 1 || level + by > 6) return undefined;
    return { level: level + by === 1 ? null : level + by };
  };
  restyleParagraphs(binding, shift);
  return any;
}

function restyleParagraphs(binding: Binding, change: (mark: Attributes) => Attributes | undefined): boolean {
  const state = binding.prose?.state;
  if (state === undefined) return false;
  const builders = new Map<number, { builder: DeltaBuilder; at: number }>();
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, position) => {
    if (node.type !== schema.nodes.paragraph) return true;
    const attributes = change(markOf(node));
    if (attributes === undefined) return false;
    const end = placeOf(state.doc, position + node.nodeSize - 1);
    const entry = builders.get(end.index) ?? { builder: new DeltaBuilder(), at: 0 };
    entry.builder.retain(end.offset - entry.at).retain(1, attributes);
    builders.set(end.index, { builder: entry.builder, at: end.offset + 1 });
    return false;
  });
  const edits: Edits = new Map([...builders].map(([index, { builder }]) => [index, builder.done()] as const));
  return binding.edit(edits, null, true);
}

const TYPED_STYLES: readonly (readonly [RegExp, ParagraphStyle])[] = [
  [/^(?:1|a|i)[.)]$/u, "numbered"],
  [/^[-*•]$/u, "bulleted"],
  [/^#{1,3}$/u, "heading"],
  [/^>$/u, "quote"],
];

/** Turn a marker one has just typed at a paragraph's start into its style; agreed characters are left alone. */
function styleTyped(binding: Binding, state: EditorState, position: number): boolean {
  const at = state.doc.resolve(position);
  if (at.depth !== 2 || styleOf(proposedFormat(markOf(at.parent))).style !== "paragraph") return false;
  const typed = at.parent.textBetween(0, at.parentOffset);
  const style = TYPED_STYLES.find(([pattern]) => pattern.test(typed))?.[1];
  if (style === undefined || !isPending(binding, at.parent, 0, at.parentOffset)) return false;
  const place = placeOf(state.doc, position);
  const level = style === "heading" && typed.length > 1 ? typed.length : null;
  return binding.edit(new Map([[place.index, styled(place, typed.length, at.parent, { style, level })]]), { ...place, side: -1 }, true);
}

function styled(place: Place, length: number, paragraph: Node, attributes: Attributes): Delta {
  const cut = new DeltaBuilder().retain(place.offset - length).delete(length).done();
  const mark = new DeltaBuilder().retain(place.offset - length + paragraph.content.size - length);
  return compose(cut, mark.retain(1, composed(undefined, attributes)).done());
}

/** Whether a stretch of a paragraph is the author's own pending text; in the proposed reading nothing tells. */
function isPending(binding: Binding, paragraph: Node, from: number, to: number): boolean {
  let pending = binding.view === "markup";
  paragraph.nodesBetween(from, to, (node) => {
    const insertions = insertionsOf(attributesOf(node.marks));
    if (!insertions.some(({ id, draft }) => draft === (binding.layer === "caucus") && binding.isMine(id))) pending = false;
  });
  return pending;
}
