import { describe, expect, test } from "vitest";

import { del, ins, run } from "../testing/builders";
import { Desk } from "../testing/editing";
import type { Run } from "./types";

function copied(desk: Desk): Record<string, string> {
  const data: Record<string, string> = {};
  const event = new Event("copy", { bubbles: true, cancelable: true });
  const clipboardData = {
    clearData: () => undefined,
    setData: (type: string, value: string) => {
      data[type] = value;
    },
  };
  Object.defineProperty(event, "clipboardData", { value: clipboardData });
  desk.dom.dispatchEvent(event);
  return data;
}

const marked: Run[] = [run("The "), del("two", "s1"), ins("four", "s1"), run(" days."), run("\n", { style: "numbered" })];

describe("copying", () => {
  test("takes clean text: no mark, no id, nothing struck", () => {
    const data = copied(new Desk([marked]).at(0, 17));

    expect(data["text/plain"]).toBe("The four days.");
    expect(data["text/html"]).not.toMatch(/s1|<ins|<del|suggest/);
  });

  test("takes struck text where nothing else is selected", () => {
    expect(copied(new Desk([marked]).at(4, 7))["text/plain"]).toBe("two");
  });

  test("lists and headings go out as what other programs understand", () => {
    const runs = [run("T"), run("\n", { style: "heading", level: 2 }), run("a"), run("\n", { style: "numbered" }), run("b"), run("\n", { style: "bulleted", level: 2 }), run("c\n")];
    const html = copied(new Desk([runs]).at(0, 7))["text/html"]?.replace(/ data-pm-slice="[^"]*"/, "");

    expect(html).toBe("<h2>T</h2><ol><li>a<ul><li>b</li></ul></li></ol><p>c</p>");
  });

  test("text copied here and pasted here comes as new text of one's own", () => {
    const desk = new Desk([[ins("theirs", "s9", "district"), run("\nx\n")]]).at(0, 6);
    const data = copied(desk);

    desk.at(8).paste(data);

    expect(desk.read()).toBe("+[theirs]district¶x+[theirs]assoc¶");
  });
});

describe("pasting", () => {
  test("several paragraphs stand behind the one the caret ends, as one suggestion", () => {
    const desk = new Desk(["One.\nTwo.\n"]).at(4).paste({ "text/html": "<p>a</p><h2>B</h2><ul><li>c</ul>" });

    expect(desk.read()).toBe("One.+[a]assoc¶+[B]assoc+[{¶|style=heading,level=2}]assoc+[c]assoc+[{¶|style=bulleted}]assocTwo.¶");
    expect(desk.editor.suggestions()).toHaveLength(1);
    expect(desk.caret).toBe("9");
  });

  test("inside a paragraph the first and last join what is around them", () => {
    const desk = new Desk(["One two.\n"]).at(4).paste({ "text/plain": "a\nb" });

    expect(desk.read()).toBe("One +[a¶b]assoctwo.¶");
  });

  test("over a selection it replaces it", () => {
    const desk = new Desk(["One two.\n"]).at(4, 7).paste({ "text/plain": "three" });

    expect(desk.read()).toBe("One -[two]assoc+[three]assoc.¶");
    expect(desk.editor.suggestions()).toHaveLength(1);
  });

  test("a list pasted into a new paragraph gives it its style", () => {
    const desk = new Desk(["One.\nTwo.\n"]).at(4).key("Enter").paste({ "text/html": "<ol><li>a<li>b</ol>" });

    expect(desk.read()).toBe("One.¶+[a]assoc+[{¶|style=numbered}]assoc+[b]assoc+[{¶|style=numbered}]assocTwo.¶");
  });

  test("nothing pasted changes nothing", () => {
    const desk = new Desk(["One.\n"]).at(0, 4).paste({ "text/html": "<img src=x>" });

    expect(desk.read()).toBe("One.¶");
  });
});
