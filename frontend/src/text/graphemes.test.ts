import { describe, expect, test } from "vitest";

import { boundaryAfter, boundaryBefore } from "./graphemes";

describe("graphemes", () => {
  test.each(["👩‍👩‍👧‍👦", "e\u0301", "🇪🇸", "👍🏽"])("%s is deleted whole from either side", (cluster) => {
    const text = `ab${cluster}`;

    expect(boundaryBefore(text, text.length, "grapheme")).toBe(2);
    expect(boundaryAfter(text, 2, "grapheme")).toBe(text.length);
  });

  test("a long run of emoji is never cut inside a pair", () => {
    const text = "x" + "😀".repeat(100);

    expect(boundaryBefore(text, text.length, "grapheme")).toBe(text.length - 2);
    expect(boundaryAfter(text, 1, "grapheme")).toBe(3);
  });

  test("a word goes with the spaces between it and the caret", () => {
    expect(boundaryBefore("duty-free lunch  ", 17, "word")).toBe(10);
    expect(boundaryAfter("month.  The", 6, "word")).toBe(11);
  });
});
