import { describe, expect, test } from "vitest";

import type { Agreement, Suggestion } from "../../api/types";
import { acceptedWith, alternatives, awaitedBy, counterparts, linkable, ownAmendments } from "./pairs";

const suggestion = (id: string, more: Partial<Suggestion> = {}): Suggestion =>
  ({ id, party: "union", article_id: "a", counters: null, countered_by: [], amends: null, responses: [], content_hash: `#${id}`, ...more }) as unknown as Suggestion;
const district = { me: { party: "district" } } as Agreement;

describe("suggestions that bear on one another", () => {
  const first = suggestion("s", { countered_by: ["c"] });
  const counter = suggestion("c", { party: "district", counters: "s", countered_by: ["d"] });
  const again = suggestion("d", { counters: "c" });

  test("a whole exchange of counters goes with the one that enters", () => {
    const pending = [first, counter, again];

    expect(alternatives(pending, again).map(({ id }) => id)).toEqual(["c", "s"]);
    expect(alternatives(pending, first).map(({ id }) => id)).toEqual(["c", "d"]);
    expect(counterparts(pending, counter).map(({ id }) => id)).toEqual(["s", "d"]);
  });

  test("a counter inside a proposal changes it, and nothing goes", () => {
    const amendment = suggestion("c", { party: "district", counters: "s", amends: "s" });

    expect(alternatives([first, amendment], amendment)).toEqual([]);
    expect(alternatives([first, amendment], first)).toEqual([amendment]);
  });

  test("one's own suggestion in the same article, not yet part of an exchange, may become the counter", () => {
    const own = suggestion("o", { party: "district" });
    const elsewhere = suggestion("p", { party: "district", article_id: "b" });

    expect(linkable(district, [first, counter, own, elsewhere], first)).toEqual([own]);
  });

  test("an acceptance with an amendment is awaited as long as neither text moved", () => {
    const amendment = suggestion("m", { party: "district", amends: "s" });
    const answer = { party: "district", kind: "accept_as_amended", content_hash: "#s", amendment: { suggestion: "m", content_hash: "#m" } };
    const proposal = suggestion("s", { responses: [answer] as unknown as Suggestion["responses"] });

    expect(ownAmendments(district, [proposal, amendment], proposal)).toEqual([amendment]);
    expect(awaitedBy([proposal, amendment], amendment)).toEqual(answer);
    expect(acceptedWith([proposal, amendment], proposal)).toEqual([amendment]);
    expect(awaitedBy([{ ...proposal, content_hash: "#moved" }, amendment], amendment)).toBeNull();
    expect(awaitedBy([proposal, { ...amendment, content_hash: "#moved" }], { ...amendment, content_hash: "#moved" })).toBeNull();
  });
});
