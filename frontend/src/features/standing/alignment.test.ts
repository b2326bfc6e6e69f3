import fc from "fast-check";
import { expect, test } from "vitest";

import { aligned } from "./alignment";

test("what reads alike stands in one row", () => {
  const rows = aligned(["a", "b", "c"], [["a", "x", "b", "c"], ["b", "c"]]);

  expect(rows.map(({ lead, cells, isChanged }) => [lead, cells, isChanged])).toEqual([
    ["a", [["a", "x"], []], true],
    ["b", [["b"], ["b"]], false],
    ["c", [["c"], ["c"]], false],
  ]);
});

test("nothing is left out and nothing stands twice", () => {
  const column = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 7 });
  fc.assert(
    fc.property(column, column, column, (lead, one, other) => {
      const rows = aligned(lead, [one, other]);
      expect(rows.flatMap((row) => (row.lead === null ? [] : [row.lead]))).toEqual(lead);
      expect(rows.flatMap((row) => row.cells[0] ?? [])).toEqual(one);
      expect(rows.flatMap((row) => row.cells[1] ?? [])).toEqual(other);
    }),
  );
});
