/** Inline formats: on a selection a suggestion, at the caret a choice for what is typed next. */

import type { Attributes } from "../text/attributes";
import { DeltaBuilder } from "../text/delta";
import { plain, proposedFormat, styleOf } from "../text/marks";
import type { EditorState } from "prosemirror-state";
import type { Binding } from "./binding";
import { markOf } from "./changes";
import { placeOf } from "./positions";
import { attributesOf, marksOf, schema } from "./schema";
import type { Edits } from "./steps";
import type { EditorStatus, InlineFormat } from "./types";

const FORMATS: readonly InlineFormat[] = ["bold", "italic", "underline", "strike", "code"];

/** What holds for the whole selection, as it reads with every suggestion accepted. */
export function activeFormats(state: EditorState): Set<InlineFormat> {
  if (state.selection.empty) {
    const standing = proposedFormat(attributesOf(state.storedMarks ?? state.selection.$from.marks()));
    return new Set(FORMATS.filter((format) => standing[format] === true));
  }
  const pieces: Attributes[] = [];
  eachText(state, (attributes) => pieces.push(proposedFormat(attributes)));
  return new Set(FORMATS.filter((format) => pieces.length > 0 && pieces.every((piece) => piece[format] === true)));
}

export function paragraphStatus(state: EditorState): EditorStatus["paragraph"] {
  const { $head } = state.selection;
  return $head.depth === 2 ? styleOf(proposedFormat(markOf($head.parent))) : null;
}

export function toggleFormat(binding: Binding, format: InlineFormat): boolean {
  const state = binding.prose?.state;
  if (state === undefined) return false;
  return setInline(binding, { [format]: activeFormats(state).has(format) ? null : true });
}

/** Set or clear (`null`) inline attributes; struck text is left as it was. */
export function setInline(binding: Binding, change: Attributes): boolean {
  const state = binding.prose?.state;
  if (state === undefined) return false;
  if (state.selection.empty) return choose(binding, state, change);
  const builders = new Map<number, { builder: DeltaBuilder; at: number }>();
  eachText(state, (_attributes, from, to) => {
    const [start, end] = [placeOf(state.doc, from), placeOf(state.doc, to)];
    const entry = builders.get(start.index) ?? { builder: new DeltaBuilder(), at: 0 };
    entry.builder.retain(start.offset - entry.at).retain(to - from, change);
    builders.set(start.index, { builder: entry.builder, at: end.offset });
  });
  const edits: Edits = new Map([...builders].map(([index, { builder }]) => [index, builder.done()] as const));
  return binding.edit(edits, null, true);
}

function choose(binding: Binding, state: EditorState, change: Attributes): boolean {
  const refusal = binding.refusal(placeOf(state.doc, state.selection.from).index);
  if (refusal !== null) return binding.edit(new Map([[placeOf(state.doc, state.selection.from).index, []]]), null);
  const standing = plain(attributesOf(state.storedMarks ?? state.selection.$from.marks()));
  const wanted = Object.fromEntries(Object.entries({ ...standing, ...change }).filter(([, value]) => value !== null));
  binding.prose?.dispatch(state.tr.setStoredMarks(marksOf(wanted)));
  return true;
}

function eachText(state: EditorState, visit: (attributes: Attributes, from: number, to: number) => void): void {
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, position) => {
    if (!node.isText || node.marks.some((mark) => mark.type === schema.marks.deletion)) return true;
    const [start, end] = [Math.max(from, position), Math.min(to, position + node.nodeSize)];
    if (start < end) visit(attributesOf(node.marks), start, end);
    return false;
  });
}
