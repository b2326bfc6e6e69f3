import { expect, test } from "vitest";

import type { Agreement, Response, Suggestion } from "../../api/types";
import { isMineToAnswer, positions, whyNotAnswer } from "./permission";

const AGREEMENT = {
  status: "bargaining",
  parties: [{ key: "union" }, { key: "district" }],
  articles: [{ id: "a1", standing: "open" }],
  me: { party: "district", role: "lead", member_id: "m2", may: ["suggest", "respond"] },
} as unknown as Agreement;

const SUGGESTION = {
  party: "union",
  article_id: "a1",
  version: 2,
  responses: [],
  awaiting: ["district"],
  may: ["accept", "reject", "question"],
} as unknown as Suggestion;

const seat = (me: Partial<Agreement["me"]>): Agreement => ({ ...AGREEMENT, me: { ...AGREEMENT.me, ...me } });
const accepted = (version: number): Response => ({ party: "district", kind: "accept", version }) as Response;

test("a proposal of the other side is the lead's to answer", () => {
  expect(isMineToAnswer(AGREEMENT, SUGGESTION)).toBe(true);
  expect(whyNotAnswer(AGREEMENT, SUGGESTION)).toBeNull();
});

test.each([
  [seat({ party: "union" }), "ownParty"],
  [seat({ role: "drafter", may: ["suggest"] }), "notLead"],
  [seat({ role: "observer", may: [] }), "observer"],
])("whoever may not answer is told why", (agreement, why) => {
  expect(whyNotAnswer(agreement, { ...SUGGESTION, may: [] })).toBe(why);
});

test("an acceptance of an earlier version is shown as such", () => {
  const says = (version: number) => positions(AGREEMENT, { ...SUGGESTION, responses: [accepted(version)] })[1]?.says;

  expect(says(1)).toBe("stale");
  expect(says(2)).toBe("accept");
});
