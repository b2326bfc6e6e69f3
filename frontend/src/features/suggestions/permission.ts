/**
 * What the reader may do with a suggestion is the service's to say; this adds why something is missing, so that the
 * reason is one hover away.
 */
import type { Agreement, Answer, Response, Suggestion } from "../../api/types";
import type { Messages } from "../../i18n/messages";

export type WhyNot = keyof Messages["suggestions"]["mayNot"];

/** Each party's part as it stands; an acceptance of an earlier version is `stale`. */
export type Position = { party: string; says: "proposer" | Answer | "waiting" | "stale"; response: Response | null };

export function positions(agreement: Agreement, suggestion: Suggestion): Position[] {
  const { responses, awaiting, version } = suggestion;
  const asked = agreement.parties
    .map(({ key }) => key)
    .filter((key) => key !== suggestion.party && (awaiting.includes(key) || responses.some(({ party }) => party === key)));
  const given = asked.map((party): Position => {
    const response = responses.filter((answer) => answer.party === party).at(-1) ?? null;
    if (!response) return { party, says: "waiting", response };
    return { party, says: response.kind === "accept" && response.version !== version ? "stale" : response.kind, response };
  });
  return [{ party: suggestion.party, says: "proposer", response: null }, ...given];
}

/** Whether the reader's party still has to answer, and the reader may do it. */
export function isMineToAnswer(agreement: Agreement, { may, awaiting }: Suggestion): boolean {
  return may.includes("accept") && awaiting.includes(agreement.me.party);
}

/** Why the reader cannot accept or reject; null where both are open. */
export function whyNotAnswer(agreement: Agreement, suggestion: Suggestion): WhyNot | null {
  // A part of a package says so itself, and where it is answered.
  if (suggestion.may.includes("accept") || suggestion.package) return null;
  const { me, articles, status } = agreement;
  if (me.role === "observer") return "observer";
  if (status !== "bargaining") return "stage";
  if (suggestion.party === me.party) return "ownParty";
  if (!me.may.includes("respond")) return "notLead";
  if (articles.find(({ id }) => id === suggestion.article_id)?.standing === "tentative") return "closed";
  return suggestion.awaiting.includes(me.party) ? "notAsked" : "answered";
}
