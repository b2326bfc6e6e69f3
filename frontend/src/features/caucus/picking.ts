/** Choosing which drafts to table: one by one, all of an article, or all. What is chosen is a set of ids. */

export type Picked = ReadonlySet<string>;
export type Extent = "none" | "some" | "all";

export function extent(picked: Picked, ids: readonly string[]): Extent {
  const count = ids.filter((id) => picked.has(id)).length;
  return count === 0 ? "none" : count === ids.length ? "all" : "some";
}

/** Choose all of these, or none of them where all were chosen already. */
export function toggled(picked: Picked, ids: readonly string[]): Picked {
  const next = new Set(picked);
  const isAll = extent(picked, ids) === "all";
  for (const id of ids) {
    if (isAll) next.delete(id);
    else next.add(id);
  }
  return next;
}

/** Drafts by article, in the order of both; articles without drafts are left out. */
export function byArticle<D extends { article_id: string }, A extends { id: string }>(drafts: readonly D[], articles: readonly A[]): { article: A; drafts: D[] }[] {
  return articles
    .map((article) => ({ article, drafts: drafts.filter(({ article_id }) => article_id === article.id) }))
    .filter((group) => group.drafts.length > 0);
}
