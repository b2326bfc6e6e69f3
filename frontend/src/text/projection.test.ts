import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ArticleText } from "./article-text";
import { reading, shownDelta, toShown, toWhole, wholeDelta, type View } from "./projection";
import { append, type Run } from "./runs";
import { arbitraryDelta, arbitraryDraftedRuns } from "../testing/arbitraries";

const VIEWS: readonly View[] = ["markup", "proposed", "agreed"];

function flat(text: ArticleText, view: View): Run[] {
  const runs: Run[] = [];
  for (const paragraph of reading(text, view)) {
    for (const run of paragraph.runs) append(runs, run.text, run.attributes);
    append(runs, "\n", paragraph.mark);
  }
  return runs;
}

describe("readings", () => {
  test("a delta shown in a reading changes it as the delta changes the text", () => {
    fc.assert(
      fc.property(arbitraryDraftedRuns, fc.constantFrom(...VIEWS), fc.infiniteStream(fc.nat()), (runs, view, numbers) => {
        const text = new ArticleText(runs);
        const shown = new ArticleText(flat(text, view));
        const delta = arbitraryDelta(text.length, numbers);

        shown.apply(shownDelta(text, view, delta));
        text.apply(delta);

        expect(shown.slice(0, shown.length)).toEqual(flat(text, view));
      }),
      { numRuns: 1000 },
    );
  });

  test("an edit of a reading deletes and inserts what it says and leaves hidden text alone", () => {
    fc.assert(
      fc.property(arbitraryDraftedRuns, fc.constantFrom(...VIEWS), fc.infiniteStream(fc.nat()), (runs, view, numbers) => {
        const text = new ArticleText(runs);
        const shown = new ArticleText(flat(text, view));
        const edit = arbitraryDelta(shown.length, numbers).map((op) =>
          "insert" in op ? { insert: op.insert } : "retain" in op ? { retain: op.retain } : op,
        );
        const whole = wholeDelta(text, view, edit);

        const projected = shownDelta(text, view, whole);
        const direct = new ArticleText(flat(text, view));
        direct.apply(edit);
        shown.apply(projected);

        expect(shown.slice(0, shown.length)).toEqual(direct.slice(0, direct.length));
      }),
      { numRuns: 1000 },
    );
  });

  test("places go into a reading and come back", () => {
    fc.assert(
      fc.property(arbitraryDraftedRuns, fc.constantFrom(...VIEWS), fc.nat(), (runs, view, number) => {
        const text = new ArticleText(runs);
        const offset = number % toShown(text, view, text.length);

        for (const side of [-1, 1] as const) {
          expect(toShown(text, view, toWhole(text, view, offset, side))).toBe(offset);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
