/** The articles as the page shows them: those of the agreement, with proposed ones where they are meant to stand. */
import type { Agreement, Article, ProposedArticle } from "../../api/types";
import type { Messages } from "../../i18n/messages";
import { partyName } from "./room";
import { standingText } from "./standing";

export type PageArticle =
  | { kind: "agreed"; id: string; title: string; article: Article }
  | { kind: "proposed"; id: string; title: string; proposed: ProposedArticle };

type Units = Pick<Agreement, "articles" | "proposed">;

/** In the order of the page; several proposed for one place stand in the order in which they were proposed. */
export function pageArticles({ articles, proposed }: Units): PageArticle[] {
  const order: PageArticle[] = articles.map((article) => ({ kind: "agreed", id: article.id, title: article.title, article }));
  for (const one of proposed) {
    let place = one.after === null ? 0 : order.findIndex(({ id }) => id === one.after) + 1;
    while (order[place]?.kind === "proposed") place += 1;
    order.splice(place, 0, { kind: "proposed", id: one.id, title: one.title, proposed: one });
  }
  return order;
}

export function unitText(messages: Messages, agreement: Agreement, unit: PageArticle): string {
  return unit.kind === "agreed" ? standingText(messages, unit.article) : messages.articles.proposedBy(partyName(agreement, unit.proposed.party));
}

export function isClosed(unit: PageArticle): boolean {
  return unit.kind === "agreed" && unit.article.standing === "tentative";
}

/** The title of an article, whether it is part of the agreement, proposed or struck. */
export function titleOf({ articles, proposed, struck }: Agreement, id: string | null | undefined): string {
  return [...articles, ...proposed, ...struck].find((article) => article.id === id)?.title ?? "";
}
