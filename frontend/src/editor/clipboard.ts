/**
 * What leaves the editor and what comes in. Out goes clean text, as it would read with the suggestions accepted, with
 * no mark or id of this agreement; only where everything selected is struck, the struck text itself is meant.
 * In comes one suggestion.
 */

import { DOMSerializer, Fragment, type Node, Slice } from "prosemirror-model";

import type { Attributes } from "../text/attributes";
import { DeltaBuilder } from "../text/delta";
import { deletionsOf, proposedFormat, styleOf } from "../text/marks";
import type { Binding } from "./binding";
import { markOf } from "./changes";
import type { Block } from "./html";
import { lastOffset, placeOf } from "./positions";
import { attributesOf, marksOf, schema } from "./schema";
import type { Piece } from "./steps";
import { replaceBy } from "./typing";

/** A copied slice without suggestions. */
export function cleaned(slice: Slice): Slice {
  const paragraphs: { texts: Node[]; mark: Attributes; joined: boolean }[] = [];
  const collect = (fragment: Fragment): void => {
    if (fragment.firstChild?.isText === true) paragraphs.push({ texts: [...fragment.content], mark: {}, joined: false });
    else {
      fragment.forEach((node) => {
        if (node.type !== schema.nodes.paragraph) collect(node.content);
        else {
          const mark = markOf(node);
          paragraphs.push({ texts: [...node.content.content], mark: proposedFormat(mark), joined: deletionsOf(mark).length > 0 });
        }
      });
    }
  };
  collect(slice.content);
  const isStruck = (text: Node): boolean => text.marks.some((mark) => mark.type === schema.marks.deletion);
  const allStruck = paragraphs.every(({ texts }) => texts.every(isStruck));
  const kept = (texts: readonly Node[]): Node[] =>
    texts.filter((text) => allStruck || !isStruck(text)).map((text) => text.mark(marksOf(proposedFormat(attributesOf(text.marks)))));
  if (paragraphs.length <= 1) return new Slice(Fragment.fromArray(kept(paragraphs[0]?.texts ?? [])), 0, 0);
  const whole: Node[] = [];
  let open: Node[] = [];
  paragraphs.forEach(({ texts, mark, joined }, i) => {
    open.push(...kept(texts));
    if (joined && !allStruck && i < paragraphs.length - 1) return;
    whole.push(schema.nodes.paragraph.create({ mark }, Fragment.fromArray(open)));
    open = [];
  });
  return new Slice(Fragment.fromArray(whole), 1, 1);
}

export function plainText(slice: Slice): string {
  return slice.content.textBetween(0, slice.content.size, "\n");
}

const inline = DOMSerializer.fromSchema(schema);
const LISTS = { numbered: "ol", bulleted: "ul" } as const;

/** Writes paragraphs as the elements other programs understand: headings, nested lists, quotes. */
export class CleanSerializer extends DOMSerializer {
  constructor() {
    super(inline.nodes, inline.marks);
  }

  override serializeFragment(fragment: Fragment, options: { document?: Document } = {}, target?: HTMLElement | DocumentFragment): HTMLElement | DocumentFragment {
    const root = target ?? (options.document ?? document).createDocumentFragment();
    if (fragment.firstChild?.type !== schema.nodes.paragraph) return inline.serializeFragment(fragment, options, root);
    const lists: HTMLElement[] = [];
    fragment.forEach((paragraph) => {
      const { style, level } = styleOf(markOf(paragraph));
      const list = style === "numbered" || style === "bulleted" ? LISTS[style] : null;
      const element = document.createElement(elementOf(style, level, list));
      inline.serializeFragment(paragraph.content, options, element);
      (list === null ? root : listFor(root, lists, list, level)).append(element);
      if (list === null) lists.length = 0;
    });
    return root;
  }
}

function elementOf(style: string, level: number, list: string | null): string {
  if (list !== null) return "li";
  return style === "heading" ? `h${String(level)}` : style === "quote" ? "blockquote" : "p";
}

/** The list of a level, opened inside the last item of the level above. */
function listFor(root: HTMLElement | DocumentFragment, lists: HTMLElement[], tag: string, level: number): HTMLElement {
  lists.length = Math.min(lists.length, level);
  if (lists.length === level && lists[level - 1]?.localName !== tag) lists.length = level - 1;
  while (lists.length < level) {
    const list = document.createElement(tag);
    const parent = lists.at(-1);
    (parent?.lastElementChild ?? parent ?? root).append(list);
    lists.push(list);
  }
  return lists[level - 1] ?? document.createElement(tag);
}

/** Put blocks in place of a stretch of the view: one suggestion. */
export function insertBlocks(binding: Binding, range: readonly [number, number], blocks: readonly Block[], typing: Attributes): boolean {
  const doc = binding.prose?.state.doc;
  const [first, ...rest] = blocks;
  if (doc === undefined || first === undefined) return false;
  const at = doc.resolve(range[0]);
  if (at.depth !== 2) return false;
  const behind = range[0] === range[1] && at.parentOffset === at.parent.content.size;
  const place = placeOf(doc, range[0]);
  const last = place.offset >= lastOffset(doc.child(place.index));
  const restyled = at.parent.content.size === 0 && Object.keys(first.mark).length > 0;
  if (behind && (rest.length > 0 || restyled) && (rest.length === 0 || !last)) {
    const builder = new DeltaBuilder().retain(place.offset);
    for (const piece of pieces(first, typing)) builder.insert(piece.text, piece.attributes);
    builder.retain(1, restyled ? { style: null, level: null, ...first.mark } : undefined);
    for (const block of rest) {
      for (const piece of [...pieces(block, typing), { text: "\n", attributes: block.mark }]) builder.insert(piece.text, piece.attributes);
    }
    const caret = rest.length > 0 ? { offset: place.offset + 1, back: 1 } : { offset: place.offset };
    return binding.edit(new Map([[place.index, builder.done()]]), { index: place.index, side: 1, ...caret }, true);
  }
  const standing = proposedFormat(markOf(at.parent));
  const inserted = blocks.flatMap((block, i) => {
    const mark = i === 0 && at.parentOffset > 0 ? standing : block.mark;
    return i === blocks.length - 1 ? pieces(block, typing) : [...pieces(block, typing), { text: "\n", attributes: mark }];
  });
  return replaceBy(binding, range, inserted, true);
}

function pieces(block: Block, typing: Attributes): Piece[] {
  return block.runs.map(({ text, attributes }) => ({ text, attributes: { ...typing, ...attributes } }));
}
