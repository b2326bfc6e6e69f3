/**
 * The shape of the view: one document of articles, each a row of paragraphs, one a "\n" of the flat text.
 *
 * A paragraph node carries the attributes of the "\n" that ends it, whole. Style, level and suggestion marks are
 * read from there, so view and text map one to one and nothing is kept twice.
 */

import { type Mark, Schema } from "prosemirror-model";

import { NONE, type Attributes, type JSONValue } from "../text/attributes";
import { deletionsOf, formatsOf, insertionsOf } from "../text/marks";

const FLAGS = ["bold", "italic", "underline", "strike", "code"] as const;
const suggestionAttributes = { id: {}, party: {}, draft: { default: false } };

export const schema = new Schema({
  nodes: {
    doc: { content: "article*" },
    article: { content: "paragraph+", attrs: { id: {} }, isolating: true, selectable: false, toDOM: () => ["section", 0] },
    paragraph: {
      content: "text*",
      attrs: { mark: { default: NONE } },
      selectable: false,
      parseDOM: [{ tag: "p" }, { tag: "div" }],
      toDOM: () => ["p", 0],
    },
    text: {},
  },
  // The order is that of nesting, outermost first. A character may bear several deletions and formats.
  marks: {
    insertion: { attrs: suggestionAttributes, excludes: "", toDOM: () => ["ins", 0] },
    deletion: { attrs: suggestionAttributes, excludes: "", toDOM: () => ["del", 0] },
    format: { attrs: { ...suggestionAttributes, set: { default: NONE } }, excludes: "", toDOM: () => ["span", 0] },
    link: {
      attrs: { href: {} },
      inclusive: false,
      toDOM: (mark) => ["a", { href: mark.attrs["href"] as string, rel: "noopener noreferrer nofollow" }, 0],
    },
    bold: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    italic: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    underline: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
    strike: { parseDOM: [{ tag: "s" }], toDOM: () => ["s", 0] },
    code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  },
});

const known = new WeakMap<Attributes, readonly Mark[]>();

/** The marks that show a character's attributes. */
export function marksOf(attributes: Attributes): readonly Mark[] {
  let marks = known.get(attributes);
  if (marks === undefined) {
    marks = built(attributes);
    known.set(attributes, marks);
  }
  return marks;
}

function built(attributes: Attributes): readonly Mark[] {
  const { insertion, deletion, format, link } = schema.marks;
  let marks: readonly Mark[] = [];
  const add = (mark: Mark): void => {
    marks = mark.addToSet(marks);
  };
  for (const mark of insertionsOf(attributes)) add(insertion.create({ ...mark }));
  for (const mark of deletionsOf(attributes)) add(deletion.create({ ...mark }));
  for (const mark of formatsOf(attributes)) add(format.create({ ...mark }));
  if (typeof attributes["link"] === "string") add(link.create({ href: attributes["link"] }));
  for (const flag of FLAGS) if (attributes[flag] === true) add(schema.marks[flag].create());
  return marks;
}

interface Shown {
  readonly id: string;
  readonly party: string;
  readonly draft: boolean;
  readonly set: Record<string, JSONValue>;
  readonly href: string;
}

/** The attributes that marks stand for: `marksOf` backwards. */
export function attributesOf(marks: readonly Mark[]): Attributes {
  const result: Record<string, JSONValue> = {};
  for (const mark of marks) {
    const { id, party, draft, set, href } = mark.attrs as Shown;
    const name = mark.type.name;
    if (name === "insertion") result[draft ? "draft:ins" : "ins"] = { id, party };
    else if (name === "deletion") result[draft ? "draft:del" : `del:${party}`] = { id };
    else if (name === "format") result[draft ? "draft:fmt" : `fmt:${party}`] = { id, set };
    else if (name === "link") result["link"] = href;
    else result[name] = true;
  }
  return result;
}
