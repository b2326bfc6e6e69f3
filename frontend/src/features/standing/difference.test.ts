import fc from "fast-check";
import { expect, test } from "vitest";

import { differences } from "./difference";

test("a word that changed is marked as a word", () => {
  expect(differences("two each month", "four each month")).toEqual([
    { kind: "removed", text: "two" },
    { kind: "added", text: "four" },
    { kind: "same", text: " each month" },
  ]);
});

test("both readings can be taken from what is told", () => {
  const text = fc.array(fc.constantFrom("the ", "day", " ", "½", "🕖", ",", "\n"), { maxLength: 20 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const told = differences(before, after);
      const without = (kind: string): string => told.filter((stretch) => stretch.kind !== kind).map((stretch) => stretch.text).join("");
      expect([without("added"), without("removed")]).toEqual([before, after]);
    }),
  );
});
