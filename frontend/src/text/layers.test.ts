import fc from "fast-check";
import { expect, test } from "vitest";

import { arbitraryDraftedRuns, arbitraryRuns } from "../testing/arbitraries";
import { draftIns, run } from "../testing/builders";
import { ArticleText } from "./article-text";
import { fromTable, toTable } from "./layers";

test("a place after a draft lies at the table where the draft stands", () => {
  const text = new ArticleText([run("ab"), draftIns("xyz", "d1"), run("cd\n")]);

  expect([0, 1, 2, 3, 5, 6].map((offset) => toTable(text, offset))).toEqual([0, 1, 2, 2, 2, 3]);
  expect([0, 1, 2, 3].map((offset) => fromTable(text, offset))).toEqual([0, 1, 2, 6]);
});

test("places of the table go into a caucus and come back", () => {
  fc.assert(
    fc.property(arbitraryDraftedRuns, fc.nat(), (runs, number) => {
      const text = new ArticleText(runs);
      const tabled = number % (toTable(text, text.length) + 1);

      expect(toTable(text, fromTable(text, tabled))).toBe(tabled);
    }),
  );
});

test("at the table every place is its own", () => {
  fc.assert(
    fc.property(arbitraryRuns, fc.nat(), (runs, number) => {
      const text = new ArticleText(runs);
      const offset = number % (text.length + 1);

      expect([toTable(text, offset), fromTable(text, offset)]).toEqual([offset, offset]);
    }),
  );
});
