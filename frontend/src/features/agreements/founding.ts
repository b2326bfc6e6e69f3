/** What an agreement is started with, and what is still wrong with it. Pure, so that the form only shows it. */
import type { Role } from "../../api/types";

export type PartyDraft = { id: number; name: string; signatory: boolean };
export type FoundingDraft = { title: string; parties: PartyDraft[]; mine: number; role: Role; content: string };

export const EMPTY_FOUNDING: FoundingDraft = {
  title: "",
  parties: [
    { id: 1, name: "", signatory: true },
    { id: 2, name: "", signatory: true },
  ],
  mine: 1,
  role: "lead",
  content: "",
};

const LONGEST_KEY = 32;

/** A party's key made of its name: `Teachers’ Association` is `teachers-association`; two alike are numbered. */
export function keysOf(parties: readonly PartyDraft[]): string[] {
  const taken = new Set<string>();
  return parties.map(({ name }, index) => {
    const plain = name
      .normalize("NFKD")
      .toLowerCase()
      .replaceAll(/[\u0300-\u036f’']/g, "")
      .replaceAll(/[^a-z0-9]+/g, "-")
      .slice(0, LONGEST_KEY - 3)
      .replaceAll(/^-+|-+$/g, "");
    const base = plain || `party-${String(index + 1)}`;
    let key = base;
    for (let n = 2; taken.has(key); n += 1) key = `${base}-${String(n)}`;
    taken.add(key);
    return key;
  });
}

/** How many articles and words a Markdown text would make. */
export function measure(content: string): { articles: number; words: number } {
  const articles = content.match(/^##\s+\S/gm)?.length ?? 0;
  return { articles, words: content.split(/\s+/).filter(Boolean).length };
}

export type Fault = "title" | "parties" | "content";

export function faults({ title, parties, content }: FoundingDraft): Fault[] {
  const names = parties.map(({ name }) => name.trim().toLowerCase());
  const sides = parties.filter(({ name, signatory }) => signatory && name.trim()).length;
  const found: Fault[] = [];
  if (!title.trim()) found.push("title");
  if (sides < 2 || names.includes("") || new Set(names).size < names.length) found.push("parties");
  if (!content.trim()) found.push("content");
  return found;
}

/** The request that starts the agreement. */
export function founding(draft: FoundingDraft): unknown {
  const keys = keysOf(draft.parties);
  const mine = draft.parties.findIndex(({ id }) => id === draft.mine);
  return {
    title: draft.title.trim(),
    parties: draft.parties.map(({ name, signatory }, index) => ({ key: keys[index], name: name.trim(), signatory })),
    member: { party: keys[Math.max(0, mine)], role: draft.role },
    text: { format: "markdown", content: draft.content },
  };
}
