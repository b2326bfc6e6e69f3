/** How suggestions look and sound: classes by kind, party shape and hue, and words for those who listen. */

import type { Mark } from "prosemirror-model";

import type { Attributes } from "../text/attributes";
import type { Insertion } from "../text/marks";
import type { EditorWords, PartyKey, PartyLook } from "./types";

export const ENGLISH: EditorWords = {
  insertion: "Suggested insertion, {party}",
  deletion: "Suggested deletion, {party}",
  format: "Suggested format, {party}",
  paragraphInserted: "Suggested paragraph break, {party}",
  paragraphDeleted: "Suggested removal of the paragraph break, {party}",
  paragraphFormatted: "Suggested paragraph style, {party}",
  draftInsertion: "Draft insertion, {party}",
  draftDeletion: "Draft deletion, {party}",
  draftFormat: "Draft format, {party}",
  draftParagraphInserted: "Draft paragraph break, {party}",
  draftParagraphDeleted: "Draft removal of the paragraph break, {party}",
  draftParagraphFormatted: "Draft paragraph style, {party}",
};

export type Kind = "insertion" | "deletion" | "format";
const BREAKS = { insertion: "paragraphInserted", deletion: "paragraphDeleted", format: "paragraphFormatted" } as const;
const DRAFT_BREAKS = { insertion: "draftParagraphInserted", deletion: "draftParagraphDeleted", format: "draftParagraphFormatted" } as const;
const TAGS = { insertion: "ins", deletion: "del", format: "span" } as const;
// A "suggestion" would have to hold insertions or deletions; a format sets off text that stays.
const ROLES = { insertion: "insertion", deletion: "deletion", format: "mark" } as const;

export class Looks {
  private readonly parties: ReadonlyMap<PartyKey, PartyLook>;
  private readonly words: EditorWords;

  /** `own` is the viewer's party: drafts of its caucus are its own. */
  constructor(
    parties: readonly PartyLook[],
    private readonly own: PartyKey,
    words: Partial<EditorWords> | undefined,
  ) {
    this.parties = new Map(parties.map((party) => [party.key, party]));
    this.words = { ...ENGLISH, ...words };
  }

  party(key: PartyKey): PartyLook {
    const known = this.parties.get(key === "" ? this.own : key);
    return known ?? { key, name: key, shape: "circle", hue: 5 };
  }

  /** Classes that carry a party's hue and shape. */
  classes(key: PartyKey): string {
    const { hue, shape } = this.party(key);
    return `party-hue-${String(hue)} party-${shape}`;
  }

  element(kind: Kind, mark: Insertion): HTMLElement {
    const dom = document.createElement(TAGS[kind]);
    this.dress(dom, kind, mark);
    dom.setAttribute("role", ROLES[kind]);
    dom.setAttribute("aria-description", this.say(kind, mark));
    return dom;
  }

  /** The sign of a paragraph mark that is itself suggested: a picture with words for it. */
  pilcrow(marks: readonly { kind: Kind; mark: Insertion }[]): HTMLElement {
    const outer = document.createElement("span");
    outer.className = "pilcrow";
    outer.setAttribute("role", "img");
    const said = marks.map(({ kind, mark }) => this.words[(mark.draft ? DRAFT_BREAKS : BREAKS)[kind]].replace("{party}", this.party(mark.party).name));
    outer.setAttribute("aria-label", said.join(". "));
    let inner: HTMLElement = outer;
    for (const { kind, mark } of marks) {
      const dom = document.createElement(TAGS[kind]);
      this.dress(dom, kind, mark);
      inner.append(dom);
      inner = dom;
    }
    inner.append("¶");
    return outer;
  }

  private dress(dom: HTMLElement, kind: Kind, mark: Insertion): void {
    dom.className = `suggested suggested-${kind} ${this.classes(mark.party)}${mark.draft ? " draft" : ""}`;
    dom.dataset["suggestion"] = mark.id;
  }

  private say(kind: Kind, mark: Insertion): string {
    const drafts = { insertion: "draftInsertion", deletion: "draftDeletion", format: "draftFormat" } as const;
    return this.words[mark.draft ? drafts[kind] : kind].replace("{party}", this.party(mark.party).name);
  }
}

/** The element of a format shows what it would do, beside saying that it is suggested. */
export function formatted(dom: HTMLElement, set: Attributes): HTMLElement {
  for (const [name, value] of Object.entries(set)) dom.classList.add(`${value === null ? "without" : "with"}-${name}`);
  return dom;
}

export const insertionOf = (mark: Mark): Insertion => mark.attrs as Insertion;
