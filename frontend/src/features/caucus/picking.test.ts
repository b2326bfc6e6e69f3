import { expect, test } from "vitest";

import { byArticle, extent, toggled } from "./picking";

const ALL = ["a", "b", "c"];

test("a group is chosen wholly, partly or not at all", () => {
  expect([new Set<string>(), new Set(["a"]), new Set(ALL)].map((picked) => extent(picked, ALL))).toEqual(["none", "some", "all"]);
});

test("choosing a group that is partly chosen completes it, and once more empties it", () => {
  const completed = toggled(new Set(["a", "x"]), ALL);

  expect([...completed].sort()).toEqual(["a", "b", "c", "x"]);
  expect([...toggled(completed, ALL)]).toEqual(["x"]);
});

test("drafts stand under their articles, in the articles' order", () => {
  const drafts = [{ id: "1", article_id: "two" }, { id: "2", article_id: "one" }, { id: "3", article_id: "two" }];

  const groups = byArticle(drafts, [{ id: "one" }, { id: "none" }, { id: "two" }]);

  expect(groups.map(({ article, drafts: under }) => [article.id, under.map(({ id }) => id)])).toEqual([["one", ["2"]], ["two", ["1", "3"]]]);
});
