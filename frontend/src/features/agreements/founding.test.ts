import { expect, test } from "vitest";

import { EMPTY_FOUNDING, faults, founding, keysOf, measure } from "./founding";

const party = (name: string, id = 1) => ({ id, name, signatory: true });

test("a party's key is made of its name", () => {
  expect(keysOf([party("Teachers’ Association"), party("Distrito Escolar Núm. 4")])).toEqual([
    "teachers-association",
    "distrito-escolar-num-4",
  ]);
});

test("parties whose names make the same key are told apart, and a name without letters gets one", () => {
  expect(keysOf([party("Local 9!"), party("Local 9?"), party("工会")])).toEqual(["local-9", "local-9-2", "party-3"]);
});

test("articles are counted by the lines that start with two number signs", () => {
  expect(measure("# Title\n\n## Hours\nTwo meetings.\n\n### Lunch\n## Pay\n")).toEqual({ articles: 2, words: 10 });
});

test("two signing parties with different names are needed", () => {
  const draft = { ...EMPTY_FOUNDING, title: "2026", content: "## Hours" };

  expect(faults({ ...draft, parties: [party("Union"), party("union", 2)] })).toEqual(["parties"]);
  expect(faults({ ...draft, parties: [party("Union"), party("District", 2)] })).toEqual([]);
});

test("the founder is a member of the chosen party", () => {
  const draft = { ...EMPTY_FOUNDING, title: " 2026 ", parties: [party("Union"), party("District", 2)], mine: 2, content: "x" };

  expect(founding(draft)).toMatchObject({ title: "2026", member: { party: "district", role: "lead" } });
});
