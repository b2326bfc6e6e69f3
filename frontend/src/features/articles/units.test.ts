import { describe, expect, test } from "vitest";

import type { Agreement } from "../../api/types";
import { pageArticles } from "./units";

const article = (id: string): Agreement["articles"][number] => ({
  id, position: 1, title: id, standing: "open", content_hash: "", pending: {}, initials: {}, reopening: [],
});
const proposed = (id: string, after: string | null): Agreement["proposed"][number] => ({ id, title: id, party: "union", suggestion: id, after });
const order = (articles: string[], ...more: Agreement["proposed"]): string[] =>
  pageArticles({ articles: articles.map(article), proposed: more }).map(({ id }) => id);

describe("the articles of the page", () => {
  test("proposed articles stand where they are meant to", () => {
    expect(order(["a", "b"], proposed("x", "a"), proposed("y", null), proposed("z", "b"))).toEqual(["y", "a", "x", "b", "z"]);
  });

  test("several for one place stand in the order of their proposals", () => {
    expect(order(["a"], proposed("x", "a"), proposed("y", "a"))).toEqual(["a", "x", "y"]);
  });

  test("one whose place is not on the page comes first", () => {
    expect(order(["a"], proposed("x", "gone"))).toEqual(["x", "a"]);
  });
});
