/** What a suggestion says about itself, in one sentence: “Replace ‘two’ with ‘four’”. */
import type { Change, Suggestion } from "../../api/types";
import type { Messages } from "../../i18n/messages";
import { structureSentence } from "../articles/structure_sentence";

/** Longer texts are told by their beginning and their length. */
const QUOTED_WORDS = 9;
const QUOTED_CHARACTERS = 72;
const BEGINNING_WORDS = 4;
/** Words that tell a place in the text. */
const PLACE_WORDS = 3;

type Words = Messages["suggestions"];

/** One thing that a suggestion does: a change, or a deletion and the insertion in its place. */
type Deed = { deleted?: string; inserted?: string; formatted?: Change; offset: number };

export function sentence(messages: Messages, suggestion: Pick<Suggestion, "changes" | "before" | "structure">): string {
  if (suggestion.structure) return structureSentence(messages, suggestion.structure);
  const words = messages.suggestions;
  const [first, ...more] = deeds(suggestion.changes);
  if (!first) return words.reformat;
  const told = tell(words, first, suggestion.before);
  return more.length > 0 ? words.andMore(told, more.length) : told;
}

/** Pair a deletion with the insertion that stands directly beside it. */
function deeds(changes: readonly Change[]): Deed[] {
  const found: Deed[] = [];
  for (const change of changes) {
    const { kind, text, offset } = change;
    const last = found.at(-1);
    if (kind === "format") found.push({ formatted: change, offset });
    else if (kind === "insertion" && last?.deleted !== undefined && last.inserted === undefined && last.offset + length(last.deleted) === offset) {
      last.inserted = text;
    } else if (kind === "deletion" && last?.inserted !== undefined && last.deleted === undefined && last.offset === offset) {
      last.deleted = text;
    } else found.push(kind === "insertion" ? { inserted: text, offset } : { deleted: text, offset });
  }
  return found;
}

/** Offsets count code points. */
function length(text: string): number {
  return Array.from(text).length;
}

function tell(words: Words, { deleted, inserted, formatted, offset }: Deed, before: string): string {
  if (formatted) return tellFormat(words, formatted);
  if (deleted !== undefined && inserted !== undefined) return words.replace(short(deleted), short(inserted));
  if (inserted !== undefined) return tellInsertion(words, inserted, before, offset);
  return tellDeletion(words, deleted ?? "", before, offset);
}

/** The last words of the paragraph that ends, or is cut, at an offset. */
function wordsBefore(before: string, offset: number): string {
  const line = Array.from(before).slice(0, offset).join("").split("\n").at(-1) ?? "";
  return line.trim().split(/\s+/).slice(-PLACE_WORDS).join(" ");
}

function wordsAfter(before: string, offset: number): string {
  const line = Array.from(before).slice(offset).join("").split("\n")[0] ?? "";
  return line.trim().split(/\s+/).slice(0, PLACE_WORDS).join(" ");
}

function tellInsertion(words: Words, inserted: string, before: string, offset: number): string {
  const text = inserted.trim();
  if (text) {
    if (isLong(text)) return words.insertMany(beginning(text), count(text));
    return inserted.includes("\n") ? words.newParagraph(text.replaceAll(/\s*\n\s*/g, " ")) : words.insert(text);
  }
  if (!inserted.includes("\n")) return words.insertSpace;
  const ended = wordsBefore(before, offset);
  return ended ? words.split(ended) : words.emptyParagraph(wordsAfter(before, offset));
}

function tellDeletion(words: Words, deleted: string, before: string, offset: number): string {
  const text = deleted.trim();
  if (!text) return deleted.includes("\n") ? words.join(wordsBefore(before, offset)) : words.removeSpace;
  if (isParagraph(deleted, before, offset)) return isLong(text) ? words.removeParagraphOf(beginning(text), count(text)) : words.removeParagraph(text);
  return isLong(text) ? words.removeMany(beginning(text), count(text)) : words.remove(short(text));
}

/** Whether a deletion takes one whole paragraph, its mark included. */
function isParagraph(deleted: string, before: string, offset: number): boolean {
  return deleted.indexOf("\n") === deleted.length - 1 && !wordsBefore(before, offset);
}

const TOGGLES = ["bold", "italic", "underline", "strike", "code", "link"] as const;
const STYLES = ["heading", "numbered", "bulleted", "quote"] as const;

function tellFormat(words: Words, change: Change): string {
  const set = change.set ?? {};
  const quoted = short(change.text.trim());
  for (const name of TOGGLES) {
    if (name in set) return words[name][set[name] === null || set[name] === false ? "off" : "on"](quoted);
  }
  const level = set["level"];
  if ("style" in set) {
    const style = STYLES.find((known) => known === set["style"]);
    return words.style[style ?? "paragraph"];
  }
  return typeof level === "number" ? words.level(level) : "level" in set ? words.level(1) : words.reformat;
}

function count(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

function isLong(text: string): boolean {
  return count(text) > QUOTED_WORDS || text.length > QUOTED_CHARACTERS;
}

function beginning(text: string): string {
  return text.split(/\s+/).slice(0, BEGINNING_WORDS).join(" ").slice(0, QUOTED_CHARACTERS);
}

/** The text on one line, cut where it grows too long to read in passing. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return isLong(line) ? `${beginning(line)} …` : line || text;
}
