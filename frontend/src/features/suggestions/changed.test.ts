import { expect, test } from "vitest";

import { pieces } from "./changed";

test("a replacement leaves out the old words and sets off the new ones", () => {
  const found = pieces({
    before: "Limited to two each month.",
    changes: [
      { kind: "deletion", text: "two", offset: 11 },
      { kind: "insertion", text: "four", offset: 14 },
    ],
  });

  expect(found).toEqual([
    { text: "Limited to ", isNew: false },
    { text: "four", isNew: true },
    { text: " each month.", isNew: false },
  ]);
});
