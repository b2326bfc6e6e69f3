/** How an article stands, in words: “Open · 3”, “Tentative agreement”. */
import type { Article } from "../../api/types";
import type { Messages } from "../../i18n/messages";

export function pendingIn({ pending }: Article): number {
  return Object.values(pending).reduce((sum, n) => sum + n, 0);
}

export function standingText(messages: Messages, article: Article): string {
  const { standing, openWith } = messages.table;
  const pending = pendingIn(article);
  return article.standing === "open" && pending > 0 ? openWith(pending) : standing[article.standing];
}
