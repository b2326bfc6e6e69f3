import { expect, test } from "vitest";

import { sinceThen } from "./moments";

const NOW = Date.parse("2026-11-18T16:00:00Z");

test("a moment near now is told as a distance", () => {
  expect(sinceThen("en", "2026-11-18T15:58:00Z", NOW)).toBe("2 minutes ago");
  expect(sinceThen("en", "2026-11-18T15:59:50Z", NOW)).toBe("now");
  expect(sinceThen("es", "2026-11-17T15:00:00Z", NOW)).toBe("ayer");
});

test("after a week the date is told", () => {
  expect(sinceThen("en", "2026-11-01T12:00:00Z", NOW)).toBe("November 1, 2026");
});
