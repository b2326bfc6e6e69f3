/** Mentions: what the service keeps as `@` and a member's id is read and written here as `@` and a name. */
import type { Agreement } from "../../api/types";

type Member = Agreement["members"][number];
export type Said = { text: string; member: Member | null };

const MOST = 6;
const MENTION = /@(mem_[0-9a-z]{1,40})\b/g;

/** Who can read a thread of that scope, and so be mentioned in it. */
export function readers({ members, me }: Agreement, scope: "table" | "party"): Member[] {
  return members.filter(({ party, role }) => scope === "table" || (party === me.party && role !== "observer"));
}

/** A post in pieces, its mentions apart. */
export function pieces(members: readonly Member[], text: string): Said[] {
  const found: Said[] = [];
  let at = 0;
  for (const match of text.matchAll(MENTION)) {
    const member = members.find(({ id }) => id === match[1]) ?? null;
    if (!member) continue;
    if (match.index > at) found.push({ text: text.slice(at, match.index), member: null });
    found.push({ text: `@${member.name}`, member });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), member: null });
  return found;
}

/** A post as it is shown while it is edited. */
export function spoken(members: readonly Member[], text: string): string {
  return pieces(members, text).map((piece) => piece.text).join("");
}

/** What was written, as the service keeps it: the longest name first, so that “Ann” is not found in “Ann Lee”. */
export function written(members: readonly Member[], text: string): string {
  const byLength = [...members].sort((one, other) => other.name.length - one.name.length);
  return byLength.reduce((kept, { id, name }) => kept.replaceAll(new RegExp(`@${escaped(name)}(?![\\p{L}\\p{N}])`, "gu"), `@${id}`), text);
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The name that is being typed before the caret, from its `@` on; null where none is. */
export function typedName(text: string, caret: number): { start: number; typed: string } | null {
  const match = /(?:^|[\s(])@([\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]*)?)$/u.exec(text.slice(0, caret));
  return match ? { start: caret - (match[1] ?? "").length - 1, typed: match[1] ?? "" } : null;
}

/** Who may be meant by what is typed; nobody once it is somebody's whole name. */
export function matching(members: readonly Member[], typed: string): Member[] {
  const wanted = typed.toLocaleLowerCase();
  const found = members.filter(({ name }) => endings(name.toLocaleLowerCase()).some((ending) => ending.startsWith(wanted)));
  return found.some(({ name }) => name.toLocaleLowerCase() === wanted) ? [] : found.slice(0, MOST);
}

/** A name from each of its words on. */
function endings(name: string): string[] {
  return name.split(/\s+/).map((_, index, words) => words.slice(index).join(" "));
}
