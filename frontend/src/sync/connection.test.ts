import { expect, test } from "vitest";

import { type Connection, delayBefore, next } from "./connection";

const LOST = { kind: "lost", code: 1006, now: 1_000, chance: 1 } as const;

test("a lost connection waits twice as long each time, and starts over once it was live", () => {
  let state: Connection = { kind: "live" };

  state = next(state, LOST);
  expect(state).toEqual({ kind: "waiting", attempt: 0, delay_ms: 500, until: 1_500 });
  state = next(next(state, { kind: "due" }), LOST);
  expect(state).toMatchObject({ kind: "waiting", attempt: 1, delay_ms: 1_000 });
  state = next(next(next(next(state, { kind: "due" }), { kind: "opened" }), { kind: "synced" }), LOST);
  expect(state).toMatchObject({ kind: "waiting", attempt: 0 });
});

test("delays have a ceiling and are spread by chance", () => {
  expect(delayBefore(30, 1)).toBe(20_000);
  expect(delayBefore(30, 0)).toBe(10_000);
});

test.each([
  [4401, "unauthenticated"],
  [4403, "not_permitted"],
  [4404, "not_found"],
] as const)("close code %i is final and named", (code, because) => {
  const state = next({ kind: "connecting", attempt: 0 }, { ...LOST, code });

  expect(state).toEqual({ kind: "refused", because });
  expect(next(state, { kind: "due" })).toBe(state);
});

test.each([4400, 4409])("close code %i asks for a fresh start", (code) => {
  expect(next({ kind: "live" }, { ...LOST, code })).toEqual({ kind: "outdated" });
});

test.each([4408, 4429, 4503])("close code %i is tried again", (code) => {
  expect(next({ kind: "live" }, { ...LOST, code }).kind).toBe("waiting");
});

test("nothing follows after leaving", () => {
  const state = next({ kind: "live" }, { kind: "left" });

  expect(next(state, LOST)).toEqual({ kind: "closed" });
});
