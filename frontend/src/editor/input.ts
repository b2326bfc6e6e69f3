/** The browser's input events, taken before the browser changes the page itself. */

import type { EditorView } from "prosemirror-view";

import type { Binding } from "./binding";
import { insertBlocks } from "./clipboard";
import type { Composition } from "./composition";
import { deleteRange, deleteUnit, type Direction } from "./deleting";
import { readSelection } from "./dom-selection";
import { toggleFormat } from "./formatting";
import { blocksOfHtml, blocksOfText } from "./html";
import { compose } from "../text/delta";
import { placeOf } from "./positions";
import { marksOf } from "./schema";
import { replaced, type Piece } from "./steps";
import { breakParagraph, typeText, typingAttributes } from "./typing";
import type { InlineFormat } from "./types";

const FORMATS: Readonly<Record<string, InlineFormat>> = {
  formatBold: "bold", formatItalic: "italic", formatUnderline: "underline", formatStrikeThrough: "strike",
};

export interface InputHandlers {
  beforeinput(view: EditorView, event: InputEvent): boolean;
  compositionstart(view: EditorView): boolean;
  compositionend(): boolean;
  paste(view: EditorView, event: ClipboardEvent): boolean;
  blur(): boolean;
}

export function inputHandlers(binding: Binding, composition: Composition): InputHandlers {
  return {
    beforeinput: (view, event) => {
      if (event.isComposing || view.composing || composition.active || !event.cancelable) return false;
      readSelection(view);
      const taken = takeInput(binding, view, event);
      if (taken) event.preventDefault();
      return taken;
    },
    compositionstart: (view) => {
      composition.begin();
      chooseMarks(binding, view);
      return false;
    },
    compositionend: () => {
      composition.end();
      return false;
    },
    paste: (_view, event) => {
      const blocks = blocksOf(event.clipboardData);
      event.preventDefault();
      if (blocks.length > 0) pasteBlocks(binding, composition, blocks);
      return true;
    },
    blur: () => {
      composition.finish();
      return false;
    },
  };
}

/** What is composed shows at once in the writer's own dress, if it will be a suggestion beside no other. */
function chooseMarks(binding: Binding, view: EditorView): void {
  const { selection } = view.state;
  if (!selection.empty || binding.refusal(placeOf(view.state.doc, selection.from).index) !== null) return;
  const marks = marksOf({ ...typingAttributes(view.state), ...binding.composingMarks() });
  view.dispatch(view.state.tr.setStoredMarks(marks));
}

function takeInput(binding: Binding, view: EditorView, event: InputEvent): boolean {
  const type = event.inputType;
  const format = FORMATS[type];
  if (format !== undefined) return toggleFormat(binding, format) || true;
  switch (type) {
    case "insertText":
      typeText(binding, event.data ?? "");
      return true;
    case "insertReplacementText": {
      const range = targetOf(view, event);
      const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
      typeText(binding, text, ...(range ?? []));
      return true;
    }
    case "insertParagraph":
    case "insertLineBreak":
      return breakParagraph(binding) || true;
    case "historyUndo":
    case "historyRedo":
      binding.revert(type === "historyUndo" ? "undo" : "redo");
      return true;
    default:
      return /^delete(Content|Word|SoftLine|HardLine|EntireSoftLine)/.test(type) && takeDeletion(binding, view, event);
  }
}

function takeDeletion(binding: Binding, view: EditorView, event: InputEvent): boolean {
  const direction: Direction = event.inputType.endsWith("Forward") ? "forward" : "backward";
  const unit = event.inputType.includes("Word") ? "word" : "grapheme";
  if (!event.inputType.includes("Line") || !view.state.selection.empty) return deleteUnit(binding, direction, unit);
  const range = targetOf(view, event);
  if (range !== null) deleteRange(binding, ...range, direction, true);
  return true;
}

function targetOf(view: EditorView, event: InputEvent): [number, number] | null {
  const [range] = event.getTargetRanges();
  if (range === undefined || !view.dom.contains(range.startContainer) || !view.dom.contains(range.endContainer)) return null;
  const from = view.posAtDOM(range.startContainer, range.startOffset);
  const to = view.posAtDOM(range.endContainer, range.endOffset);
  return [Math.min(from, to), Math.max(from, to)];
}

function blocksOf(data: DataTransfer | null): ReturnType<typeof blocksOfText> {
  const html = data?.getData("text/html") ?? "";
  const blocks = html === "" ? [] : blocksOfHtml(html);
  return blocks.length > 0 ? blocks : blocksOfText(data?.getData("text/plain") ?? "").filter((block, _i, all) => all.length > 1 || block.runs.length > 0);
}

export function pasteBlocks(binding: Binding, composition: Composition, blocks: ReturnType<typeof blocksOfText>): void {
  composition.finish();
  const state = binding.prose?.state;
  if (state === undefined) return;
  insertBlocks(binding, [state.selection.from, state.selection.to], blocks, {});
}

/** Drop text: from elsewhere it is pasted there; from this editor it moves, as one suggestion where the article is one. */
export function takeDrop(binding: Binding, view: EditorView, event: DragEvent, moved: boolean): boolean {
  const target = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
  const blocks = blocksOf(event.dataTransfer);
  if (target === undefined || blocks.length === 0) return true;
  const { from, to } = view.state.selection;
  if (moved && target >= from && target <= to) return true;
  if (!moved || from === to) return insertBlocks(binding, [target, target], blocks, {}) || true;
  return moveText(binding, [from, to], target, blocks) || true;
}

function moveText(binding: Binding, [from, to]: [number, number], target: number, blocks: ReturnType<typeof blocksOfText>): boolean {
  const doc = binding.prose?.state.doc;
  if (doc === undefined) return false;
  const pieces: Piece[] = blocks.flatMap((block, i) => [
    ...block.runs.map(({ text, attributes }) => ({ text, attributes })),
    ...(i < blocks.length - 1 ? [{ text: "\n", attributes: block.mark }] : []),
  ]);
  const edits = replaced(doc, from, to, []);
  for (const [index, insertion] of replaced(doc, target, target, pieces)) {
    const deletion = edits.get(index) ?? [];
    // Both speak of the text before: the one that lies later goes first, so that the other finds its place.
    edits.set(index, target >= to ? compose(insertion, deletion) : compose(deletion, insertion));
  }
  return binding.edit(edits, { ...placeOf(doc, target), side: 1 }, true);
}
