/** A notice in words, and where on the site it leads. A kind that this page does not know is still told. */
import type { Notice } from "../../api/types";
import type { Messages } from "../../i18n/messages";
import { toArticle, toSuggestion } from "../articles/arrival";

const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

function doer({ subject }: Notice): string | null {
  const by = subject["by"];
  return typeof by === "object" && by !== null && "name" in by ? text(by.name) : null;
}

export function told(messages: Messages, notice: Notice): string {
  const { sentences, somebody, unknown } = messages.notices;
  const n = typeof notice.subject["count"] === "number" ? notice.subject["count"] : 1;
  return sentences[notice.kind]?.({ who: doer(notice) ?? somebody, n, article: notice.article_title ?? "" }) ?? unknown;
}

/** The one suggestion that a notice is about, or null. */
export function suggestionOf({ subject }: Notice): string | null {
  const named: unknown = subject["suggestions"];
  if (named === undefined) return text(subject["suggestion"]);
  return Array.isArray(named) && named.length === 1 ? text(named[0]) : null;
}

export const articleOf = ({ subject }: Notice): string | null => text(subject["article"]);

const PAGES: Record<string, string | undefined> = {
  mediation: "mediation",
  package: "packages",
  session: "sessions",
  minutes: "sessions",
  reconvening: "sessions",
  ground_rules: "rules",
  mail: "notices",
};

export function placeOf(notice: Notice): string {
  const page = PAGES[notice.kind.split(".")[0] ?? ""];
  if (page !== undefined) return `/agreements/${notice.agreement_id}/${page}`;
  const [suggestion, article] = [suggestionOf(notice), articleOf(notice)];
  if (suggestion !== null) return toSuggestion(notice.agreement_id, suggestion);
  return article === null ? `/agreements/${notice.agreement_id}` : toArticle(notice.agreement_id, article);
}
