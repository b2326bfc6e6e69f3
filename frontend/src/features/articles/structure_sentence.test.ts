import { expect, test } from "vitest";

import { en } from "../../i18n/en";
import { structureSentence } from "./structure_sentence";

const place = { id: "a1", title: "Article 11" };

test.each([
  [{ op: "add", article: "x", title: "Leaves", after: place }, "Add “Leaves” after “Article 11”"],
  [{ op: "add", article: "x", title: "Leaves", after: null }, "Add “Leaves” as the first article"],
  [{ op: "move", article: "x", title: "Leaves", after: place, new_title: "Article 12" }, "Move “Leaves” after “Article 11” and call it “Article 12”"],
  [{ op: "retitle", article: "x", title: "Leaves", new_title: "Absence" }, "Change the title “Leaves” to “Absence”"],
  [{ op: "strike", article: "x", title: "Leaves" }, "Strike “Leaves”"],
] as const)("%o reads as a sentence", (structure, sentence) => {
  expect(structureSentence(en, structure)).toBe(sentence);
});
