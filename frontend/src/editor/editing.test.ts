import { describe, expect, test } from "vitest";

import { del, ins, run } from "../testing/builders";
import { Desk } from "../testing/editing";
import type { SuggestionId } from "./types";

describe("typing", () => {
  test("typed letters join one suggestion, the caret after them", () => {
    const desk = new Desk(["Two meetings.\n"]).at(3).type(" or 4");

    expect(desk.read()).toBe("Two+[ or 4]assoc meetings.¶");
    expect(desk.caret).toBe("8");
    expect(new Set(desk.editor.suggestions()).size).toBe(1);
  });

  test("typing over a selection strikes it and stands after it, as one suggestion", () => {
    const desk = new Desk(["Two meetings.\n"]).at(0, 3).type("Four");

    expect(desk.read()).toBe("-[Two]assoc+[Four]assoc meetings.¶");
    expect(desk.editor.suggestions()).toHaveLength(1);
    expect(desk.caret).toBe("7");
  });

  test("text typed inside the other side's struck text is not struck", () => {
    const desk = new Desk([[del("two", "s1", "district"), run(" meetings\n")]]).at(1).type("x");

    expect(desk.read()).toBe("-[t]district+[x]assoc-[wo]district meetings¶");
  });

  test("typing continues the bold before it", () => {
    const desk = new Desk([[run("shall", { bold: true }), run(" not\n")]]).at(5).type("!");

    expect(desk.read()).toBe("{shall|bold}+[{!|bold}]assoc not¶");
  });

  test("half an emoji cannot come in", () => {
    const desk = new Desk(["a\n"]).at(1).input("insertText", "\ud83d");

    expect(desk.read()).toBe("a+[\ufffd]assoc¶");
  });
});

describe("breaking paragraphs", () => {
  test("Enter in a paragraph suggests one mark", () => {
    const desk = new Desk(["One two.\nThree.\n"]).at(4).key("Enter");

    expect(desk.read()).toBe("One +[¶]assoctwo.¶Three.¶");
    expect(desk.caret).toBe("5");
  });

  test("Enter after the last letter puts the new paragraph behind the old one whole", () => {
    const desk = new Desk(["One.\nTwo.\n"]).at(4).key("Enter").type("New");

    expect(desk.read()).toBe("One.¶+[New¶]assocTwo.¶");
    expect(desk.caret).toBe("8");
    expect(desk.editor.suggestions()).toHaveLength(1);
  });

  test("where one has just been typing, the suggestion goes on over the break", () => {
    const desk = new Desk(["One.\nTwo.\n"]).at(4).type(" More.").key("Enter").type("New");

    expect(desk.read()).toBe("One.+[ More.¶New]assoc¶Two.¶");
    expect(desk.editor.suggestions()).toHaveLength(1);
  });

  test("a heading is followed by text, a list item by an item", () => {
    const heading = new Desk([[run("Title"), run("\n", { style: "heading" }), run("x\n")]]).at(5).key("Enter").type("a");
    const item = new Desk([[run("One"), run("\n", { style: "numbered" }), run("x\n")]]).at(3).key("Enter").type("a");

    expect(heading.read()).toBe("Title{¶|style=heading}+[a¶]assocx¶");
    expect(item.read()).toBe("One{¶|style=numbered}+[a]assoc+[{¶|style=numbered}]assocx¶");
  });

  test("Enter at the end of an article keeps the agreed mark last", () => {
    const desk = new Desk(["One.\n"]).at(4).key("Enter").type("Two.");

    expect(desk.read()).toBe("One.+[¶Two.]assoc¶");
  });

  test("Enter on an empty item leaves the list", () => {
    const desk = new Desk([[run("One"), run("\n", { style: "numbered" }), run("x\n")]]).at(3).key("Enter").key("Enter");

    expect(desk.read()).toBe("One{¶|style=numbered}+[¶]assocx¶");
  });
});

describe("deleting", () => {
  test("Backspace strikes agreed text and moves on before it", () => {
    const desk = new Desk(["Two\n"]).at(3).key("Backspace").key("Backspace");

    expect(desk.read()).toBe("T-[wo]assoc¶");
    expect(desk.caret).toBe("1");
    expect(desk.editor.suggestions()).toHaveLength(1);
  });

  test("Delete strikes and moves on past it", () => {
    const desk = new Desk(["Two\n"]).at(0).key("Delete").key("Delete");

    expect(desk.read()).toBe("-[Tw]assoco¶");
    expect(desk.caret).toBe("2");
  });

  test("one's own pending text really goes", () => {
    const desk = new Desk(["Two\n"]).at(3).type("!!").key("Backspace").key("Backspace").key("Backspace");

    expect(desk.read()).toBe("Tw-[o]assoc¶");
  });

  test("the other side's pending text is struck, not taken", () => {
    const desk = new Desk([[run("a"), ins("bc", "s1", "district"), run("\n")]]).at(3).key("Backspace");

    expect(desk.read()).toBe("a+[b]district+[-[c]assoc]district¶");
  });

  test("what is struck already is passed over unchanged", () => {
    const desk = new Desk([[run("a"), del("bc", "s1"), run("d\n")]]).at(3).key("Backspace").key("Backspace").key("Backspace");

    expect(desk.read()).toBe("-[abc]assocd¶".replace("abc", "a]assoc-[bc"));
    expect(desk.caret).toBe("0");
  });

  test("a mark between paragraphs is struck from both sides", () => {
    const back = new Desk(["One.\nTwo.\n"]).at(5).key("Backspace");
    const forward = new Desk(["One.\nTwo.\n"]).at(4).key("Delete");

    expect(back.read()).toBe("One.-[¶]assocTwo.¶");
    expect(back.caret).toBe("4");
    expect(forward.read()).toBe("One.-[¶]assocTwo.¶");
    expect(forward.caret).toBe("5");
  });

  test("nothing is deleted across an article's ends", () => {
    const desk = new Desk(["One.\n", "Two.\n"]).at(0, 0, 1).key("Backspace").at(4).key("Delete");

    expect([desk.read(0), desk.read(1)]).toEqual(["One.¶", "Two.¶"]);
  });

  test("a word goes at a stroke, an emoji whole", () => {
    const word = new Desk(["duty-free lunch\n"]).at(15).key("Backspace", { ctrlKey: true });
    const emoji = new Desk(["a👩‍👩‍👧\n"]).at(9).key("Backspace");

    expect(word.read()).toBe("duty-free -[lunch]assoc¶");
    expect(emoji.read()).toBe("a-[👩‍👩‍👧]assoc¶");
  });

  test("Backspace at the start of an item takes it out of its list first", () => {
    const desk = new Desk([[run("a\nb"), run("\n", { style: "numbered" })]]).at(2).key("Backspace");

    expect(desk.read()).toBe(`a¶b{¶|style=numbered,fmt:assoc={"style":null}}`);
  });
});

describe("styles and formats", () => {
  test("bold on agreed text is suggested and taken back", () => {
    const desk = new Desk(["shall not\n"]).at(0, 5).key("b", { ctrlKey: true });

    expect(desk.read()).toBe(`{shall|fmt:assoc={"bold":true}} not¶`);
    expect(desk.key("b", { ctrlKey: true }).read()).toBe("shall not¶");
  });

  test("a marker typed at the start of a new paragraph becomes its style", () => {
    const desk = new Desk(["One.\nTwo.\n"]).at(4).key("Enter").type("1. Item");

    expect(desk.read()).toBe("One.¶+[Item]assoc+[{¶|style=numbered}]assocTwo.¶");
  });

  test("Tab moves a list item a level in, and elsewhere is left to the page", () => {
    const desk = new Desk([[run("a"), run("\n", { style: "numbered" }), run("b\n")]]).at(0).key("Tab");
    const elsewhere = new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true });
    desk.at(2).dom.dispatchEvent(elsewhere);

    expect(desk.read()).toBe(`a{¶|style=numbered,fmt:assoc={"level":2}}b¶`);
    expect(elsewhere.defaultPrevented).toBe(false);
  });
});

describe("undo", () => {
  test("takes back one's own typing and leaves what others wrote since", () => {
    const desk = new Desk(["Two meetings.\n"]).at(3).type(" or four");
    desk.texts[0]?.receive([{ insert: "Up to ", attributes: { ins: { id: "r", party: "district" } } }]);

    desk.key("z", { ctrlKey: true });

    expect(desk.read()).toBe("+[Up to ]districtTwo meetings.¶");
    expect(desk.key("y", { ctrlKey: true }).read()).toBe("+[Up to ]districtTwo+[ or four]assoc meetings.¶");
  });
});

describe("refusing", () => {
  test("an article under tentative agreement takes nothing and says why", () => {
    const desk = new Desk(["One.\n"]);
    desk.editor.setStanding("article-1" as never, "Tentative agreement", "tentative");
    desk.at(3).type("x").key("Backspace").key("b", { ctrlKey: true }).key("Enter").paste({ "text/plain": "y" });

    expect(desk.read()).toBe("One.¶");
    expect(new Set(desk.refused)).toEqual(new Set(["tentative"]));
    expect(desk.refused).toHaveLength(5);
  });

  test("the agreed view and an observer's are read only", () => {
    const agreed = new Desk(["One.\n"], { view: "agreed" }).at(0).type("x");
    const observer = new Desk(["One.\n"], { editable: false }).at(0).type("x");

    expect([agreed.read(), ...agreed.refused, ...observer.refused]).toEqual(["One.¶", "agreed_view", "readonly"]);
  });
});

describe("readings", () => {
  const runs = [run("The "), del("two", "s1"), ins("four", "s1"), run(" days.\n")];

  test("each shows its text, and the caret keeps its place", () => {
    const desk = new Desk([runs]).at(11);
    const shown = (): string | undefined => desk.mount.querySelector("p")?.textContent;

    expect(shown()).toBe("The twofour days.");
    desk.editor.setView("agreed");
    expect(shown()).toBe("The two days.");
    expect(desk.caret).toBe("7");
    desk.editor.setView("proposed");
    expect(shown()).toBe("The four days.");
  });

  test("one may write in the proposed reading; hidden text stays", () => {
    const desk = new Desk([runs], { view: "proposed" }).at(11).key("Backspace").type("x");

    expect(desk.read()).toBe("The -[two]assoc+[fou]assoc+[x]assoc days.¶");
  });

  test("an insertion accepted elsewhere comes into the agreed reading", () => {
    const desk = new Desk([runs], { view: "agreed" });

    desk.texts[0]?.receive([{ retain: 4 }, { delete: 3 }, { retain: 4, attributes: { ins: null } }]);

    expect(desk.mount.querySelector("p")?.textContent).toBe("The four days.");
  });
});

describe("selecting across articles", () => {
  test("deletes inside each and keeps both ends", () => {
    const desk = new Desk(["One.\nMore.\n", "Two.\n"]).at(2);
    desk.key("a", { ctrlKey: true }).key("Backspace");

    expect([desk.read(0), desk.read(1)]).toEqual(["-[One.¶More.]assoc¶", "-[Two.]assoc¶"]);
    expect(desk.editor.suggestions()).toHaveLength(2);
  });
});

describe("in caucus", () => {
  test("edits become drafts, over tabled text of either party, and a draft of one's own really goes", () => {
    const desk = new Desk([[run("a"), ins("bc", "s1"), run("\n")]], { layer: "caucus" }).at(3).key("Backspace").type("xy").key("Backspace");
    const marks = desk.texts[0]?.read().map(({ text, attributes }) => [text, Object.keys(attributes).sort().join(" ")]);

    expect(marks).toEqual([["a", ""], ["b", "ins"], ["x", "draft:ins"], ["c", "draft:del ins"], ["\n", ""]]);
    expect(desk.mount.querySelector("ins.draft")?.getAttribute("aria-description")).toBe("Draft insertion, Association");
  });
});

describe("choosing suggestions", () => {
  test("the caret tells which one it stands in", () => {
    const desk = new Desk([[run("a "), ins("b", "s1"), run(" c\n")]]).at(3).at(5);

    expect(desk.selected).toEqual(["s1", null]);
  });

  test("what others write leaves the chosen one chosen, moving the caret away does not", () => {
    const desk = new Desk([[run("a "), ins("b", "s1"), run(" c\n")]]).at(5);
    desk.editor.focusSuggestion("s1" as SuggestionId, { scroll: false });
    desk.texts[0]?.receive([{ insert: "x", attributes: { ins: { id: "s2", party: "district" } } }]);
    const before = [...desk.selected];
    desk.at(1);

    expect([before, desk.selected]).toEqual([[], ["s2"]]);
    expect(desk.at(6).selected).toEqual(["s2", null]);
  });
});
