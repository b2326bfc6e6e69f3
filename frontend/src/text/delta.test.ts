import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ArticleText } from "./article-text";
import { compose, lengthOf, mapOffset, transform } from "./delta";
import { arbitraryDelta, arbitraryRuns } from "../testing/arbitraries";

const after = (text: ArticleText, ...deltas: Parameters<typeof compose>): unknown => {
  const copy = new ArticleText(text.slice(0, text.length));
  for (const delta of deltas) copy.apply(delta);
  return copy.slice(0, copy.length);
};

describe("deltas", () => {
  test("a composition does what its parts do in a row", () => {
    fc.assert(
      fc.property(arbitraryRuns, fc.infiniteStream(fc.nat()), (runs, numbers) => {
        const text = new ArticleText(runs);
        const first = arbitraryDelta(text.length, numbers);
        const middle = new ArticleText(runs);
        middle.apply(first);
        const second = arbitraryDelta(middle.length, numbers);

        const composed = compose(first, second);

        expect(after(text, composed, [])).toEqual(after(text, first, second));
      }),
      { numRuns: 500 },
    );
  });

  test("two concurrent deltas end in one text whichever comes first", () => {
    fc.assert(
      fc.property(arbitraryRuns, fc.infiniteStream(fc.nat()), (runs, numbers) => {
        const text = new ArticleText(runs);
        const [a, b] = [arbitraryDelta(text.length, numbers), arbitraryDelta(text.length, numbers)];

        const [left, right] = [after(text, a, transform(b, a, false)), after(text, b, transform(a, b, true))];

        expect(left).toEqual(right);
      }),
      { numRuns: 500 },
    );
  });

  test("a place stays beside its character", () => {
    const delta = [{ retain: 3 }, { delete: 2 }, { insert: "xyz" }, { retain: 1 }, { insert: "!" }];

    expect([0, 3, 4, 5, 6, 7].map((offset) => mapOffset(delta, offset, -1))).toEqual([0, 3, 3, 3, 7, 9]);
    expect([0, 3, 4, 5, 6, 7].map((offset) => mapOffset(delta, offset, 1))).toEqual([0, 3, 3, 6, 8, 9]);
  });

  test("deletion stands before insertion, however composed", () => {
    const composed = compose([{ insert: "four" }], [{ retain: 4 }, { delete: 3 }]);

    expect(composed).toEqual([{ delete: 3 }, { insert: "four" }]);
    expect(composed.map(lengthOf)).toEqual([3, 4]);
  });
});
