/**
 * Signs beside the text: ¶ where a paragraph mark itself is suggested, and a visible token for every character that
 * could not be seen or would turn the direction of what follows.
 *
 * Only the paragraphs a transaction touched are looked at again.
 */

import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { AddMarkStep, AttrStep, RemoveMarkStep } from "prosemirror-transform";
import { Decoration, DecorationSet } from "prosemirror-view";

import { deletionsOf, formatsOf, insertionsOf } from "../text/marks";
import { markOf } from "./changes";
import type { Looks } from "./looks";
import { schema } from "./schema";

const NAMES: Readonly<Record<number, string>> = {
  0x00ad: "SHY", 0x061c: "ALM", 0x180e: "MVS", 0x200b: "ZWSP", 0x200c: "ZWNJ", 0x200e: "LRM", 0x200f: "RLM",
  0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO",
  0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xfeff: "BOM",
};
// ZWJ (U+200D) joins emoji and Indic letters, and is shown by what it joins; control characters other than tab are named by code.
// eslint-disable-next-line no-control-regex -- finding control characters is what this expression is for.
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
/** Beyond this many steps looking at everything is cheaper than mapping each. */
const MANY = 100;

export function signs(looks: Looks): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: new PluginKey("signs"),
    state: {
      init: (_, { doc }) => DecorationSet.create(doc, within(doc, 0, doc.content.size, looks)),
      apply(tr, set) {
        if (!tr.docChanged) return set;
        if (tr.steps.length > MANY) return DecorationSet.create(tr.doc, within(tr.doc, 0, tr.doc.content.size, looks));
        let mapped = set.map(tr.mapping, tr.doc);
        for (const [from, to] of touched(tr)) {
          mapped = mapped.remove(mapped.find(from, to)).add(tr.doc, within(tr.doc, from, to, looks));
        }
        return mapped;
      },
    },
    props: {
      decorations(state) {
        return this.getState(state);
      },
    },
  });
}

/** The paragraphs, in the new document, that a transaction's steps touched. */
function touched(tr: Transaction): [number, number][] {
  const ranges: [number, number][] = [];
  tr.steps.forEach((step, i) => {
    const rest = tr.mapping.slice(i + 1);
    const add = (from: number, to: number): void => {
      ranges.push(paragraphsAround(tr.doc, rest.map(from, -1), rest.map(to, 1)));
    };
    if (step instanceof AttrStep) add(step.pos, step.pos + 1);
    else if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) add(step.from, step.to);
    else {
      step.getMap().forEach((_from, _to, start, end) => {
        add(start, end);
      });
    }
  });
  return ranges.filter((range, i) => ranges.findIndex((other) => other[0] === range[0] && other[1] === range[1]) === i);
}

function paragraphsAround(doc: Node, from: number, to: number): [number, number] {
  const [start, end] = [doc.resolve(Math.min(from, doc.content.size)), doc.resolve(Math.min(to, doc.content.size))];
  return [start.depth >= 2 ? start.before(2) : start.pos, end.depth >= 2 ? end.after(2) : end.pos];
}

function within(doc: Node, from: number, to: number, looks: Looks): Decoration[] {
  const found: Decoration[] = [];
  doc.nodesBetween(from, to, (node, position) => {
    if (node.isText) tokens(node, position, found);
    if (node.type === schema.nodes.paragraph) pilcrow(node, position + node.nodeSize - 1, looks, found);
    return true;
  });
  return found;
}

function tokens(node: Node, position: number, found: Decoration[]): void {
  for (const match of (node.text ?? "").matchAll(INVISIBLE)) {
    const code = match[0].codePointAt(0) ?? 0;
    const name = NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    const from = position + match.index;
    found.push(Decoration.inline(from, from + match[0].length, { class: "invisible-character", "data-name": name, title: name }));
  }
}

function pilcrow(node: Node, end: number, looks: Looks, found: Decoration[]): void {
  const mark = markOf(node);
  const marks = [
    ...insertionsOf(mark).map((each) => ({ kind: "insertion" as const, mark: each })),
    ...deletionsOf(mark).map((each) => ({ kind: "deletion" as const, mark: each })),
    ...formatsOf(mark).map((each) => ({ kind: "format" as const, mark: each })),
  ];
  if (marks.length === 0) return;
  const key = marks.map(({ kind, mark: { id, party } }) => `${kind} ${id} ${party}`).join(", ");
  // Marks "none" keeps the sign out of the suggestion that ends the line: it is a suggestion of its own.
  found.push(Decoration.widget(end, () => looks.pilcrow(marks), { key, side: 1, marks: [], ignoreSelection: true }));
}
