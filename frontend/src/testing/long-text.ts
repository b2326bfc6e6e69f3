/** A long agreement with many pending suggestions, the same for the same numbers: what the editor is measured on. */

import type { Attributes } from "../text/attributes";
import type { Run } from "../text/runs";
import { run } from "./builders";

const WORDS = (
  "the district shall provide each teacher with a duty free lunch period of no less than forty five minutes and " +
  "preparation time equal to two class periods per week except as otherwise agreed by both parties in writing under " +
  "this article salary schedule step column leave sick days grievance arbitrator association representative"
).split(" ");

/** Deterministic, and quick: mulberry32. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface LongText {
  readonly articles: number;
  readonly words: number;
  readonly suggestions: number;
  /** Drafts of the association's caucus, spread over the paragraphs. */
  readonly drafts: number;
}

export function longTexts({ articles, words, suggestions, drafts }: LongText): { title: string; runs: Run[] }[] {
  const next = random(7);
  const paragraphs = Math.round(words / 60);
  const every = paragraphs / suggestions;
  let [paragraph, made] = [0, 0];
  return Array.from({ length: articles }, (_, index) => {
    const runs: Run[] = [];
    for (let i = 0; i < paragraphs / articles; i += 1, paragraph += 1) {
      let pending = 0;
      while (made < suggestions && made * every <= paragraph) [made, pending] = [made + 1, pending + 1];
      if (drafts > 0 && paragraph % Math.max(1, Math.floor(paragraphs / drafts)) === 0) runs.push(...draftOf(paragraph));
      runs.push(...paragraphOf(next, pending, made, i));
    }
    return { title: `Article ${String(index + 1)} — ${sentence(next, 3)}`, runs };
  });
}

function sentence(next: () => number, count: number): string {
  const words = Array.from({ length: count }, () => WORDS[Math.floor(next() * WORDS.length)] ?? "");
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function paragraphOf(next: () => number, pending: number, serial: number, index: number): Run[] {
  const runs: Run[] = [];
  const length = 30 + Math.floor(next() * 60);
  for (let i = 0; i < pending; i += 1) {
    const [id, party] = [`s${String(serial)}-${String(i)}`, next() < 0.5 ? "assoc" : "district"];
    runs.push(run(`${sentence(next, Math.ceil(length / (pending + 1)))} `));
    if (next() < 0.7) runs.push(run(sentence(next, 2).toLowerCase(), { [`del:${party}`]: { id } }));
    runs.push(run(`${sentence(next, 3).toLowerCase()} `, { ins: { id, party } }));
  }
  runs.push(run(`${sentence(next, Math.ceil(length / (pending + 1)))}.`));
  runs.push(run("\n", index % 3 === 0 ? numbered : {}));
  return runs;
}

/** A drafted replacement at the start of a paragraph. */
function draftOf(serial: number): Run[] {
  const id = `d${String(serial)}`;
  return [run("Formerly, ", { "draft:del": { id } }), run("Henceforth, ", { "draft:ins": { id, party: "assoc" } })];
}

const numbered: Attributes = { style: "numbered" };
