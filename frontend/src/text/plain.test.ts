import { expect, test } from "vitest";

import { canonicalChange, isLink, withParagraphMarks, writable } from "./plain";

test("half a pair becomes the replacement character, control characters go", () => {
  expect(writable("a\ud83db😀\ude00\u0007\u202e\t\n")).toBe("a\ufffdb😀\ufffd\u202e\t\n");
});

test("every line end becomes a paragraph mark", () => {
  expect(withParagraphMarks("a\r\nb\rc\u2028d\ve")).toBe("a\nb\nc\nd\ne");
});

test("attributes stand only on the characters they belong to, and never at their default", () => {
  const change = { bold: true, italic: false, link: "javascript:alert(1)", style: "paragraph", level: 2, align: "left" };

  expect(canonicalChange(change, false)).toEqual({ bold: true, italic: null });
  expect(canonicalChange(change, true)).toEqual({ style: null, level: 2 });
  expect(canonicalChange({ level: 7, style: "verse" }, true)).toEqual({});
});

test("a link leads somewhere one may go", () => {
  expect(["https://example.org/a b", "https://example.org/", "mailto:a@b.org", "#a7", "data:text/html,x"].map(isLink)).toEqual([false, true, true, true, false]);
});
