import { expect, test } from "vitest";

import type { Change } from "../../api/types";
import { en } from "../../i18n/en";
import { sentence } from "./sentence";

const say = (changes: Change[], before = ""): string => sentence(en, { changes, before });

test("a deletion with an insertion in its place is a replacement", () => {
  const deleted: Change = { kind: "deletion", text: "two", offset: 12 };

  expect(say([deleted, { kind: "insertion", text: "four", offset: 15 }])).toBe("Replace “two” with “four”");
  expect(say([{ kind: "insertion", text: "four", offset: 12 }, deleted])).toBe("Replace “two” with “four”");
});

test("changes apart from each other are told one by one", () => {
  const changes: Change[] = [
    { kind: "deletion", text: "two", offset: 12 },
    { kind: "insertion", text: "each", offset: 40 },
  ];

  expect(say(changes)).toBe("Delete “two”, and 1 more change");
});

test("long texts are told by their beginning and length", () => {
  const text = "The employer shall provide each teacher with a duty-free lunch of forty-five minutes.";

  expect(say([{ kind: "deletion", text, offset: 0 }])).toBe("Delete “The employer shall provide …” (13 words)");
  expect(say([{ kind: "insertion", text, offset: 0 }])).toBe("Insert “The employer shall provide …” (13 words)");
});

test("a new paragraph mark names the words it comes after", () => {
  const before = "Meetings are limited to two each month. They end on time.";

  expect(say([{ kind: "insertion", text: "\n", offset: 39 }], before)).toBe("Start a new paragraph after “two each month.”");
  expect(say([{ kind: "deletion", text: "\n", offset: 10 }])).toBe("Join two paragraphs");
  expect(say([{ kind: "insertion", text: "\nLunch is free.", offset: 10 }])).toBe("Add a paragraph: “Lunch is free.”");
});

test("a paragraph deleted or emptied as a whole is called one", () => {
  const before = "First.\nSource: one page.\nLast.";

  expect(say([{ kind: "deletion", text: "Source: one page.\n", offset: 7 }], before)).toBe("Delete the paragraph “Source: one page.”");
  expect(say([{ kind: "insertion", text: "\n", offset: 7 }], before)).toBe("Put an empty paragraph before “Source: one page. …”");
  expect(say([{ kind: "deletion", text: "\n", offset: 6 }], before)).toBe("Join the paragraphs after “First.”");
});

test("formats say what they make of the text", () => {
  expect(say([{ kind: "format", text: "shall", offset: 0, set: { bold: true } }])).toBe("Make “shall” bold");
  expect(say([{ kind: "format", text: "shall", offset: 0, set: { italic: null } }])).toBe("Make “shall” not italic");
  expect(say([{ kind: "format", text: "\n", offset: 9, set: { style: "numbered" } }])).toBe("Number the paragraph");
});

test("offsets count code points, so a replacement after an emoji is still one", () => {
  const changes: Change[] = [
    { kind: "deletion", text: "👩‍🏫", offset: 0 },
    { kind: "insertion", text: "teacher", offset: 3 },
  ];

  expect(say(changes)).toBe("Replace “👩‍🏫” with “teacher”");
});
