import { describe, expect, test } from "vitest";

import type { Agreement } from "../../api/types";
import { matching, pieces, readers, spoken, typedName, written } from "./mentions";

const members = [
  { id: "mem_a1", name: "Ann", party: "union", role: "lead" },
  { id: "mem_b2", name: "Ann Lee", party: "union", role: "observer" },
  { id: "mem_c3", name: "Dana (HR)", party: "district", role: "lead" },
] as Agreement["members"];
const agreement = { members, me: { party: "union" } } as Agreement;

describe("mentions", () => {
  test("are written by name and kept by id", () => {
    const kept = written(members, "@Ann Lee, ask @Ann or @Dana (HR); not @Annette.");

    expect(kept).toBe("@mem_b2, ask @mem_a1 or @mem_c3; not @Annette.");
    expect(spoken(members, kept)).toBe("@Ann Lee, ask @Ann or @Dana (HR); not @Annette.");
  });

  test("stand apart from what is said around them", () => {
    expect(pieces(members, "So @mem_c3?").map(({ text, member }) => [text, member?.id])).toEqual([
      ["So ", undefined],
      ["@Dana (HR)", "mem_c3"],
      ["?", undefined],
    ]);
    expect(pieces(members, "@mem_gone says")).toEqual([{ text: "@mem_gone says", member: null }]);
  });

  test("are offered as a name is typed, by any of its words", () => {
    expect(typedName("ask @an", 7)).toEqual({ start: 4, typed: "an" });
    expect(typedName("mail a@an", 9)).toBeNull();
    expect(matching(members, "lee").map(({ id }) => id)).toEqual(["mem_b2"]);
    expect(matching(members, "an").map(({ id }) => id)).toEqual(["mem_a1", "mem_b2"]);
    expect(matching(members, "ann lee")).toEqual([]);
  });

  test("reach only who can read the thread", () => {
    expect(readers(agreement, "table").map(({ id }) => id)).toEqual(["mem_a1", "mem_b2", "mem_c3"]);
    expect(readers(agreement, "party").map(({ id }) => id)).toEqual(["mem_a1"]);
  });
});
