import { describe, expect, test } from "vitest";

import type { Attributes } from "./attributes";
import { articleNumber, numbering } from "./numbering";

const item = (level = 1, more: Attributes = {}): Attributes => ({ style: "numbered", level, ...more });
const inserted = { ins: { id: "s1", party: "assoc" } };
const struck = { "del:district": { id: "s2" } };

const read = (marks: readonly Attributes[], prefix = ""): string =>
  numbering(marks, prefix).map(({ agreed, proposed }) => `${agreed ?? "–"}/${proposed ?? "–"}`).join(" ");

describe("numbering", () => {
  test("a pending item is numbered in the proposed reading and renumbers nothing agreed", () => {
    expect(read([item(), item(1, inserted), item(), item()])).toBe("1./1. –/2. 2./3. 3./4.");
  });

  test("a struck item keeps its agreed number and frees its proposed one", () => {
    expect(read([item(), item(1, struck), item(), item()])).toBe("1./1. 2./– 3./2. 4./3.");
  });

  test("levels count afresh under each item", () => {
    expect(read([item(), item(2), item(2), item(3), item(), item(2)], "7")).toBe("7.1/7.1 (a)/(a) (b)/(b) (i)/(i) 7.2/7.2 (a)/(a)");
  });

  test("paragraphs between items do not end their count, a suggested style counts in its reading only", () => {
    const suggested = { "fmt:assoc": { id: "s3", set: { style: "numbered" } } };
    expect(read([item(), {}, suggested, item()])).toBe("1./1. –/– –/2. 2./3.");
  });

  test("an article's title tells its number", () => {
    expect(["Article 7 — Hours of work", "12. Leaves", "Section 3A", "Recognition"].map(articleNumber)).toEqual(["7", "12", "3A", ""]);
  });
});
