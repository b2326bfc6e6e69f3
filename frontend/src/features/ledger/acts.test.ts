import { expect, test } from "vitest";

import type { Agreement, Entry } from "../../api/types";
import { en } from "../../i18n/en";
import { articleOf, articlesOf, isConsequence, sayings, tell } from "./acts";

const AGREEMENT = { title: "2026", parties: [{ key: "union", name: "Union" }], articles: [{ id: "a1", title: "Hours" }] } as unknown as Agreement;

const entry = (kind: string, payload: Entry["payload"] = {}): Entry =>
  ({ seq: 1, at: "2026-11-18T16:00:00Z", kind, party: "union", member: { id: "m1", name: "Ursula" }, payload, previous_hash: "", hash: "" });

const ENACTED = entry("suggestion.enacted", {
  suggestion: "s1",
  article: "a1",
  content: { before: "", changes: [{ kind: "insertion", text: "four", offset: 0 }] },
});

test("an entry that only names a suggestion says what it said when it was decided", () => {
  const accepted = entry("suggestion.accepted", { suggestion: "s1", reason: "Fair." });

  const told = tell(en, AGREEMENT, accepted, sayings(en, [ENACTED, accepted]));

  expect(told).toEqual({ act: "accepted a change", detail: "Insert “four”", reason: "Fair." });
});

test("an act that only names a suggestion belongs to the suggestion's article", () => {
  const accepted = entry("suggestion.accepted", { suggestion: "s1" });

  expect(articleOf(accepted, articlesOf([ENACTED, accepted]))).toBe("a1");
  expect(articleOf(entry("agreement.signed"), new Map())).toBeNull();
});

test("what follows from others' acts is told without a person", () => {
  expect(isConsequence(ENACTED)).toBe(true);
  expect(isConsequence(entry("suggestion.withdrawn", { overtaken: true }))).toBe(true);
  expect(isConsequence(entry("suggestion.withdrawn"))).toBe(false);
});

test("a kind this page does not know is told, not left out", () => {
  expect(tell(en, AGREEMENT, entry("session.opened"), new Map()).act).toContain("session.opened");
});
