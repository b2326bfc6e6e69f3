import { describe, expect, test } from "vitest";

import type { Change } from "../../api/types";
import { only, piecesOf } from "./parts";

const change = (kind: Change["kind"], text: string, offset: number): Change => ({ kind, text, offset, set: null });

describe("the pieces of a suggestion", () => {
  test("a passage and what stands in its place are one piece", () => {
    const changes = [change("deletion", "two", 10), change("insertion", "four", 13), change("insertion", " and", 20)];

    expect(piecesOf({ changes }).map(({ ranges }) => ranges)).toEqual([[[0, 3], [3, 7]], [[7, 11]]]);
  });

  test("a deletion and an insertion that stand apart are two", () => {
    const changes = [change("deletion", "two", 10), change("insertion", "four", 30)];

    expect(piecesOf({ changes })).toHaveLength(2);
  });

  test("each paragraph of a longer text is a piece, counted in code points", () => {
    const changes = [change("insertion", "One 😀.\nTwo.\n", 5)];

    const pieces = piecesOf({ changes });

    expect(pieces.map(({ changes: [part] }) => part?.text)).toEqual(["One 😀.\n", "Two.\n"]);
    expect(pieces.map(({ ranges }) => ranges)).toEqual([[[0, 7]], [[7, 12]]]);
  });

  test("paragraphs begun at the end of another one keep the mark that begins them", () => {
    const changes = [change("insertion", "\nOne.\nTwo.", 5)];

    expect(piecesOf({ changes }).map(({ changes: [part] }) => part?.text)).toEqual(["\nOne.", "\nTwo."]);
  });

  test("paragraphs that go keep their places in the text as it was", () => {
    const changes = [change("deletion", "One.\nTwo.\n", 3)];

    expect(piecesOf({ changes }).map(({ changes: [part] }) => part?.offset)).toEqual([3, 8]);
  });

  test("the pieces together are the whole", () => {
    const changes = [change("deletion", "a\nb", 0), change("insertion", "c\nd", 3), change("format", "e", 5)];

    const ranges = piecesOf({ changes }).flatMap((piece) => piece.ranges);

    expect(ranges.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(7);
    expect(ranges.map(([from]) => from)).toEqual([...ranges.map(([from]) => from)].sort((one, other) => one - other));
  });

  test("nothing is left where all of the text goes and nothing comes", () => {
    const [piece] = piecesOf({ changes: [change("deletion", "All.", 0)] });

    expect(only({ before: "All." }, piece ? [piece] : []).after).toBe("");
  });
});
