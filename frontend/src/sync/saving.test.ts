import { expect, test } from "vitest";

import { asksProof, committed, NOTHING_UNSAVED, proven, savingOf, wrote } from "./saving";

const typed = (clock: number, ...touched: string[]) => ({ clocks: new Map([[7, clock]]), touched, deletes: false });

test("typing is saved once the committed clocks cover it, and not before", () => {
  const unsaved = wrote(wrote(NOTHING_UNSAVED, typed(3, "s1")), typed(5, "s1"));

  expect(savingOf(committed(unsaved, new Map([[7, 4]])), "live")).toEqual({ kind: "saving" });
  expect(savingOf(committed(unsaved, new Map([[7, 5]])), "live")).toEqual({ kind: "saved" });
});

test("what others wrote does not hold up what is saved here", () => {
  const unsaved = wrote(NOTHING_UNSAVED, typed(3, "s1"));

  expect(savingOf(committed(unsaved, new Map([[7, 3], [9, 1]])), "live")).toEqual({ kind: "saved" });
});

test("a deletion is doubted until the service has answered after it", () => {
  const unsaved = wrote(NOTHING_UNSAVED, { clocks: new Map(), touched: ["s1"], deletes: true });

  expect(asksProof(unsaved)).toBe(true);
  expect(savingOf(committed(unsaved, new Map([[7, 99]])), "live")).toEqual({ kind: "saving" });
  expect(savingOf(proven(unsaved), "live")).toEqual({ kind: "saved" });
});

test("typing after a deletion proves it by its own clock", () => {
  const deleted = wrote(NOTHING_UNSAVED, { clocks: new Map(), touched: ["s1"], deletes: true });

  const unsaved = wrote(deleted, typed(4, "s1"));

  expect(asksProof(unsaved)).toBe(false);
  expect(savingOf(committed(unsaved, new Map([[7, 4]])), "live")).toEqual({ kind: "saved" });
});

test("offline counts the suggestions that are kept here", () => {
  const unsaved = wrote(wrote(NOTHING_UNSAVED, typed(3, "s1")), typed(9, "s1", "s2"));

  expect(savingOf(unsaved, "down")).toEqual({ kind: "offline", changes: 2 });
  expect(savingOf(NOTHING_UNSAVED, "down")).toEqual({ kind: "offline", changes: 0 });
});
