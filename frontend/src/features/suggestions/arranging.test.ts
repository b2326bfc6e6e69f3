import fc from "fast-check";
import { expect, test } from "vitest";

import { arrange, type Wanted } from "./arranging";

const card = (id: string, top: number, height = 100): Wanted => ({ id, top, height });

test("cards apart stand beside their text", () => {
  expect([...arrange([card("a", 20), card("b", 300)], null).values()]).toEqual([20, 300]);
});

test("cards in each other's way give way downwards", () => {
  expect([...arrange([card("a", 20), card("b", 30)], null).values()]).toEqual([20, 130]);
});

test("the selected card stands at its text and the one before it moves up", () => {
  expect([...arrange([card("a", 400), card("b", 410), card("c", 415)], "b").values()]).toEqual([300, 410, 520]);
});

test("no two cards ever overlap, none stands above the page, and the order is kept", () => {
  const cards = fc.array(fc.record({ top: fc.nat(3000), height: fc.integer({ min: 20, max: 400 }) }), { maxLength: 40 });
  fc.assert(
    fc.property(cards, fc.nat(40), (drawn, chosen) => {
      const sorted = drawn.sort((a, b) => a.top - b.top).map(({ top, height }, i) => card(String(i), top, height));

      const tops = [...arrange(sorted, String(chosen)).values()];

      for (const [i, top] of tops.entries()) {
        const before = tops[i - 1];
        expect(top).toBeGreaterThanOrEqual(before === undefined ? 0 : before + (sorted[i - 1]?.height ?? 0));
      }
    }),
  );
});
