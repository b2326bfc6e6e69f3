/** Writing in a caucus: the same keys as at the table, and nothing of the table's own text moved by them. */
import { describe, expect, test } from "vitest";

import { draftDel, draftIns, del, ins, run } from "../testing/builders";
import { Desk } from "../testing/editing";
import type { Run } from "../text/runs";
import type { SuggestionId } from "./types";

const inCaucus = (texts: readonly (string | readonly Run[])[], mine: readonly string[] = []): Desk =>
  new Desk(texts, { layer: "caucus", me: { party: "assoc" as never, isMine: (id: SuggestionId) => mine.includes(id) } });

describe("drafting", () => {
  test("typed letters join one draft, the caret after them", () => {
    const desk = inCaucus(["Two meetings.\n"]).at(3).type(" or 4");

    expect(desk.read()).toBe("Two+( or 4) meetings.¶");
    expect(desk.caret).toBe("8");
    expect(desk.editor.suggestions()).toHaveLength(1);
  });

  test("typing over a selection is one draft that strikes and replaces", () => {
    const desk = inCaucus(["Two meetings.\n"]).at(0, 3).type("Four");

    expect(desk.read()).toBe("-(Two)+(Four) meetings.¶");
    expect(desk.editor.suggestions()).toHaveLength(1);
  });

  test("Backspace takes a draft's own letters away and strikes the table's", () => {
    const desk = inCaucus([[run("one"), draftIns("two", "d1"), run("\n")]]).at(6).key("Backspace").key("Backspace").key("Backspace").key("Backspace");

    expect(desk.read()).toBe("on-(e)¶");
    expect(desk.caret).toBe("2");
  });

  test("what stands suggested at the table, one's own side's too, is struck by a draft and stays", () => {
    const desk = inCaucus([[ins("ours", "s1"), ins("theirs", "s2", "district"), run("\n")]], ["s1"]).at(0, 10).key("Delete");

    expect(desk.read()).toBe("-(+[ours]assoc)-(+[theirs]district)¶");
    expect(desk.editor.suggestions()).toHaveLength(3);
  });

  test("Enter behind one's own tabled text opens a paragraph behind it, whole", () => {
    const desk = inCaucus([[run("One."), ins(" Two.", "s1"), run("\nThree.\n")]], ["s1"]).at(9).key("Enter").type("New");

    expect(desk.read()).toBe("One.+[ Two.]assoc¶+(New¶)Three.¶");
  });

  test("where one has just been drafting, the draft goes on over the break", () => {
    const desk = inCaucus(["One.\nTwo.\n"]).at(4).type(" More.").key("Enter").type("New");

    expect(desk.read()).toBe("One.+( More.¶New)¶Two.¶");
    expect(desk.editor.suggestions()).toHaveLength(1);
  });

  test("bold is a draft format on the table's text and bold in a draft", () => {
    const desk = inCaucus([[run("shall"), draftIns(" not", "d1"), run("\n")]]).at(0, 9).key("b", { ctrlKey: true });

    expect(desk.read()).toBe('{shall|draft:fmt={"bold":true}}+({ not|bold})¶');
  });

  test("undo takes a draft back", () => {
    const desk = inCaucus(["Two.\n"]).at(0, 3).key("Delete");
    desk.editor.undo();

    expect(desk.read()).toBe("Two.¶");
  });
});

describe("reading drafts over the table's suggestions", () => {
  const runs = [
    run("The "), del("long ", "s2", "district"), ins("hard ", "s1", "assoc", { "draft:del": { id: "d1" } }), draftIns("calm ", "d1"),
    run("day"), run("\n", { "draft:ins": { id: "d3", party: "assoc" } }), run("ends."), run("\n"),
  ];

  test.each([
    ["markup", "The long hard calm day/ends."],
    ["proposed", "The calm day/ends."],
    ["agreed", "The long dayends."],
  ] as const)("%s", (view, shown) => {
    const desk = inCaucus([runs]);
    desk.editor.setView(view);
    for (const sign of desk.dom.querySelectorAll(".pilcrow")) sign.remove();

    expect([...desk.dom.querySelectorAll("p")].map((p) => p.textContent).join("/")).toBe(shown);
  });

  test("drafts and the table's suggestions keep their own elements and words", () => {
    const desk = inCaucus([runs]);
    const said = (selector: string): (string | null)[] => [...desk.dom.querySelectorAll(selector)].map((each) => each.getAttribute("aria-description"));

    expect(said("ins.draft[role]")).toEqual(["Draft insertion, Association"]);
    expect(said("del.draft[role]")).toEqual(["Draft deletion, Association"]);
    expect(said("ins:not(.draft)")).toEqual(["Suggested insertion, Association"]);
    expect(said("del:not(.draft)")).toEqual(["Suggested deletion, District"]);
    expect(desk.dom.querySelector(".pilcrow")?.getAttribute("aria-label")).toBe("Draft paragraph break, Association");
    expect(desk.dom.classList.contains("in-caucus")).toBe(true);
  });

  test("a draft deletion of text under a draft format keeps both", () => {
    const desk = inCaucus([[run("shall", { "draft:fmt": { id: "d1", set: { bold: true } } }), draftDel(" be", "d2"), run("\n")]]).at(0, 8).key("Delete");

    expect(desk.read()).toBe('-({shall|draft:fmt={"bold":true}})-( be)¶');
  });
});
