import { expect, test } from "vitest";

import type { Agreement, Entry } from "../../api/types";
import { en } from "../../i18n/en";
import { articleOf, articlesOf, isConsequence, sayings, tell } from "./acts";

const AGREEMENT = { title: "2026", parties: [{ key: "union", name: "Union" }], articles: [{ id: "a1", title: "Hours" }], proposed: [], struck: [] } as unknown as Agreement;

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
  expect(tell(en, AGREEMENT, entry("weather.turned"), new Map()).act).toContain("weather.turned");
});

test("what became of articles and packages is told in words", () => {
  const act = (kind: string, payload: Entry["payload"]): string => tell(en, AGREEMENT, entry(kind, payload), new Map()).act;

  expect(act("article.added", { article: "a2", title: "Leaves" })).toBe("Article added: Leaves");
  expect(act("article.retitled", { article: "a1", title: "Workday", was: "Hours" })).toBe("“Hours” is now “Workday”");
  expect(act("article.struck", { article: "a3", was: "Salary" })).toBe("Article struck: Salary");
  expect(act("package.offered", { package: "p1", title: "Deal" })).toBe("Offered the package “Deal”");
  expect(act("package.withdrawn", { package: "p1", lost: "s1" })).toBe("A package ended with one of its parts");
});

test("a comment is told in its words, with people by their names", () => {
  const members = [{ id: "mem_d1", name: "Dana", party: "district", role: "lead" }] as Agreement["members"];

  const told = tell(en, { ...AGREEMENT, members }, entry("thread.opened", { article: "a1", text: "Since when, @mem_d1?" }), new Map());

  expect(told).toEqual({ act: "began a conversation", detail: null, reason: "Since when, @Dana?" });
});
