/** Random flat text and random edits of it, for property tests. A stream of numbers decides, so failures shrink. */

import fc from "fast-check";

import type { Attributes } from "../text/attributes";
import { DeltaBuilder, type Delta } from "../text/delta";
import type { Run } from "../text/runs";

const ATTRIBUTES: readonly Attributes[] = [
  {},
  {},
  { bold: true },
  { ins: { id: "s1", party: "assoc" } },
  { ins: { id: "s2", party: "district" } },
  { "del:district": { id: "s3" } },
  { "del:assoc": { id: "s4" }, italic: true },
  { "fmt:assoc": { id: "s5", set: { bold: true } } },
  { ins: { id: "s2", party: "district" }, "del:assoc": { id: "s4" } },
];
const CHANGES: readonly Attributes[] = [
  { bold: true },
  { bold: null },
  { "del:district": { id: "s6" } },
  { "del:district": null },
  { ins: null },
  { "fmt:assoc": { id: "s7", set: { italic: true } } },
  { style: "heading" },
  { style: null, "fmt:assoc": null },
];
const TEXTS = ["a", "bc", "\n", "x\ny", " ", "def", "\n\n", "😀", "1."];

/** What the association's caucus adds: drafts in agreed text and in what stands suggested at the table. */
const DRAFTED: readonly Attributes[] = [
  ...ATTRIBUTES,
  { "draft:ins": { id: "d1", party: "assoc" } },
  { "draft:ins": { id: "d2", party: "assoc" }, bold: true },
  { "draft:del": { id: "d3" } },
  { "draft:del": { id: "d4" }, ins: { id: "s2", party: "district" } },
  { "draft:fmt": { id: "d5", set: { italic: true } } },
  { "draft:fmt": { id: "d5", set: { italic: true } }, "fmt:assoc": { id: "s5", set: { bold: true } } },
];

const runsOf = (attributes: readonly Attributes[]): fc.Arbitrary<Run[]> =>
  fc
    .array(fc.record({ text: fc.constantFrom(...TEXTS), attributes: fc.constantFrom(...attributes) }), { maxLength: 12 })
    .map((runs) => [...runs, { text: "\n", attributes: {} }]);

export const arbitraryRuns = runsOf(ATTRIBUTES);
/** Text as a caucus holds it. */
export const arbitraryDraftedRuns = runsOf(DRAFTED);

/** An edit of a text of `length`; it leaves the last character, the final paragraph mark, in place. */
export function arbitraryDelta(length: number, numbers: Iterator<number>): Delta {
  const draw = (below: number): number => (below <= 0 ? 0 : (numbers.next().value as number) % below);
  const pick = <T>(items: readonly T[]): T => items[draw(items.length)] as T;
  const builder = new DeltaBuilder();
  let left = length - 1;
  for (let rounds = 1 + draw(4); rounds > 0; rounds -= 1) {
    const skipped = draw(left + 1);
    builder.retain(skipped);
    left -= skipped;
    const kind = draw(3);
    if (kind === 0) builder.insert(pick(TEXTS), pick(ATTRIBUTES));
    const count = Math.min(left, 1 + draw(5));
    if (kind === 1) builder.delete(count);
    if (kind === 2) builder.retain(count, pick(CHANGES));
    if (kind !== 0) left -= count;
  }
  return builder.done();
}
