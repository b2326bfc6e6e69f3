/**
 * The suggestion marks on characters (design, "The text model"), read and told apart from plain formatting.
 *
 * `ins` = {id, party}, `del:<party>` = {id}, `fmt:<party>` = {id, set}; drafts of a caucus stand under
 * `draft:ins`, `draft:del` and `draft:fmt`. A mark of the wrong shape counts as absent.
 */

import { changed, type Attributes, type JSONValue } from "./attributes";
import { partyKey, suggestionId, type PartyKey, type SuggestionId } from "./ids";

export type Layer = "table" | "caucus";

export interface Insertion {
  readonly id: SuggestionId;
  readonly party: PartyKey;
  readonly draft: boolean;
}
export type Deletion = Insertion;
export interface Formatting extends Insertion {
  readonly set: Attributes;
}

/** Drafts carry no party where the caucus is the party's own. */
const OWN = partyKey("");

export const insertionKey = (layer: Layer): string => (layer === "caucus" ? "draft:ins" : "ins");
export const deletionKey = (layer: Layer, party: PartyKey): string => (layer === "caucus" ? "draft:del" : `del:${party}`);
export const formatKey = (layer: Layer, party: PartyKey): string => (layer === "caucus" ? "draft:fmt" : `fmt:${party}`);

export function isSuggestionKey(key: string): boolean {
  return key === "ins" || key.startsWith("del:") || key.startsWith("fmt:") || key.startsWith("draft:");
}

export function carriesSuggestion(attributes: Attributes): boolean {
  for (const key in attributes) if (isSuggestionKey(key)) return true;
  return false;
}

function record(value: JSONValue | undefined): Attributes | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}

function idOf(mark: Attributes | null): SuggestionId | null {
  return mark !== null && typeof mark["id"] === "string" ? suggestionId(mark["id"]) : null;
}

/** Every pending insertion the character belongs to: the tabled one, then the draft. */
export function insertionsOf(attributes: Attributes): Insertion[] {
  const result: Insertion[] = [];
  for (const key of ["ins", "draft:ins"]) {
    const mark = record(attributes[key]);
    const id = idOf(mark);
    if (id === null) continue;
    const party = mark?.["party"];
    result.push({ id, party: typeof party === "string" ? partyKey(party) : OWN, draft: key !== "ins" });
  }
  return result;
}

/** Pending deletions of the character, by party key, a draft last. */
export function deletionsOf(attributes: Attributes): Deletion[] {
  return keyed(attributes, "del").map(({ id, party, draft }) => ({ id, party, draft }));
}

export function formatsOf(attributes: Attributes): Formatting[] {
  return keyed(attributes, "fmt").map(({ id, party, draft, mark }) => ({ id, party, draft, set: record(mark["set"]) ?? {} }));
}

function keyed(attributes: Attributes, kind: "del" | "fmt"): (Insertion & { mark: Attributes })[] {
  const result: (Insertion & { mark: Attributes })[] = [];
  for (const key of Object.keys(attributes).sort()) {
    const draft = key === `draft:${kind}`;
    if (!draft && !key.startsWith(`${kind}:`)) continue;
    const mark = record(attributes[key]);
    const id = idOf(mark);
    if (mark === null || id === null) continue;
    result.push({ id, party: draft ? OWN : partyKey(key.slice(4)), draft, mark });
  }
  return result.sort((a, b) => Number(a.draft) - Number(b.draft));
}

/** Ids of every suggestion that touches the character, insertion first. */
export function suggestionsOf(attributes: Attributes): SuggestionId[] {
  if (!carriesSuggestion(attributes)) return [];
  const marks = [...insertionsOf(attributes), ...deletionsOf(attributes), ...formatsOf(attributes)];
  return marks.map((mark) => mark.id);
}

/** The formatting alone. */
export function plain(attributes: Attributes): Attributes {
  if (!carriesSuggestion(attributes)) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !isSuggestionKey(key)));
}

/** The formatting as it would be with every suggested format accepted. */
export function proposedFormat(attributes: Attributes): Attributes {
  return formatsOf(attributes).reduce((result, format) => changed(result, format.set), plain(attributes));
}

export type ParagraphStyle = "paragraph" | "heading" | "numbered" | "bulleted" | "quote";
const STYLES: readonly string[] = ["heading", "numbered", "bulleted", "quote"];

export function styleOf(mark: Attributes): { style: ParagraphStyle; level: number } {
  const { style, level } = mark;
  return {
    style: typeof style === "string" && STYLES.includes(style) ? (style as ParagraphStyle) : "paragraph",
    level: typeof level === "number" && level >= 1 && level <= 6 ? Math.trunc(level) : 1,
  };
}
