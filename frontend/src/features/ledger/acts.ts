/** An entry of the ledger in words. A kind that this page does not know is still told, never left out. */
import type { Agreement, Change, Entry, Structure } from "../../api/types";
import type { Messages } from "../../i18n/messages";
import { titleOf } from "../articles/units";
import { sentence } from "../suggestions/sentence";
import { spoken } from "../threads/mentions";

export type Told = { act: string; detail: string | null; reason: string | null };

const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

/** By suggestion, the article it stands in; most entries about a suggestion name only the suggestion. */
export function articlesOf(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { payload } of entries) {
    const [suggestion, article] = [suggestionOf(payload), text(payload["article"])];
    if (suggestion && article) found.set(suggestion, article);
  }
  return found;
}

export function suggestionOf(payload: Entry["payload"]): string | null {
  return text(payload["suggestion"]);
}

/** The article an entry is about, or null where it is about the whole. */
export function articleOf({ payload }: Entry, places: ReadonlyMap<string, string>): string | null {
  return text(payload["article"]) ?? places.get(suggestionOf(payload) ?? "") ?? null;
}

function articleTitle(agreement: Agreement, payload: Entry["payload"]): string {
  const id = text(payload["article"]) ?? text(payload["article_id"]);
  return titleOf(agreement, id);
}

/** What a suggestion said, where the entry carries its content. */
function content(messages: Messages, payload: Entry["payload"]): string | null {
  const found = payload["content"];
  if (typeof found !== "object" || found === null || !("changes" in found)) return null;
  const { changes, before, structure } = found as { changes: Change[]; before?: string; structure?: Structure };
  return sentence(messages, { changes, before: before ?? "", structure: structure ?? null });
}

function roleName({ agreements }: Messages, role: unknown): string {
  return role === "lead" || role === "drafter" || role === "observer" || role === "mediator" ? agreements.roles[role] : "";
}

/** What became of articles as units; the entries carry the titles, for the articles may be gone. */
function structuralActs({ articles }: Messages, payload: Entry["payload"]): Record<string, string> {
  const { added, moved, retitled, struck } = articles.history;
  const [title, was] = [text(payload["title"]) ?? "", text(payload["was"]) ?? ""];
  return {
    "article.added": added(title),
    "article.moved": moved(title || was),
    "article.retitled": retitled(was, title),
    "article.struck": struck(was),
  };
}

/** Counters, parts, and what is said beside the text. */
function answeringActs({ suggestions, threads }: Messages): Record<string, string> {
  const { countered, split, asAmended } = suggestions.history;
  const { opened, replied, edited, resolved, reopened } = threads.history;
  return {
    "suggestion.countered": countered,
    "suggestion.split": split,
    "suggestion.accepted_as_amended": asAmended,
    "thread.opened": opened,
    "thread.replied": replied,
    "thread.edited": edited,
    "thread.resolved": resolved,
    "thread.reopened": reopened,
  };
}

function packageActs({ packages }: Messages, payload: Entry["payload"]): Record<string, string> {
  const { history } = packages;
  const kind = payload["kind"];
  return {
    "package.offered": history.offered(text(payload["title"]) ?? ""),
    "package.responded": kind === "accept" || kind === "reject" ? history[kind] : history.question,
    "package.accepted": history.accepted,
    "package.rejected": history.rejected,
    "package.withdrawn": payload["lost"] ? history.lost : history.withdrawn,
    "package.expired": history.expired,
  };
}

/** Sessions, ground rules, publications and seats. */
function meetingActs(messages: Messages, payload: Entry["payload"]): Record<string, string> {
  const { acts } = messages.sessions;
  const shown = (name: string): string => (typeof payload[name] === "number" ? String(payload[name]) : "");
  const number = shown("number");
  const version = shown("version");
  const starts = text(payload["starts_at"]);
  const when = starts ? new Date(starts).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : "";
  const about = payload["member"];
  const name = typeof about === "object" && about !== null && "name" in about && typeof about.name === "string" ? about.name : "";
  return {
    "session.convened": acts.convened(number, when),
    "session.moved": acts.moved(number, when),
    "session.opened": acts.opened(number),
    "session.attendance": acts.attendance(number),
    "session.caucus": payload["in_at"] === null ? acts.caucusOut(number) : acts.caucusIn(number),
    "session.closed": acts.closed(number),
    "reconvening.refused": acts.refused(number),
    "minutes.drafted": acts.drafted(number),
    "minutes.initialled": acts.initialled(number),
    "ground_rules.proposed": acts.rulesProposed(version),
    "ground_rules.signed": acts.rulesSigned(version),
    "ground_rules.adopted": acts.rulesAdopted(version),
    "publication.made": payload["what"] === "notice" ? acts.noticePosted : acts.pageChanged,
    "member.changed": acts.changed(name),
    "member.removed": acts.removed(name),
    "suggestion.declined": acts.declined,
  };
}

function act(messages: Messages, agreement: Agreement, { kind, party, payload }: Entry): string {
  const { acts } = messages.record.history;
  const article = articleTitle(agreement, payload);
  const partyNamed = agreement.parties.find(({ key }) => key === party)?.name ?? party ?? "";
  const byKind: Record<string, string | undefined> = {
    "agreement.created": acts.created(text(payload["title"]) ?? agreement.title),
    "agreement.confirmed": acts.confirmed,
    "member.joined": acts.joined(partyNamed, roleName(messages, payload["role"])),
    "suggestion.proposed": article ? acts.proposedIn(article) : acts.proposed,
    "suggestion.revised": acts.revised,
    "suggestion.explained": acts.explained,
    "suggestion.questioned": acts.questioned,
    "suggestion.accepted": acts.accepted,
    "suggestion.enacted": article ? acts.enactedIn(article) : acts.enacted,
    "suggestion.rejected": acts.rejected,
    "suggestion.withdrawn": payload["overtaken"] === true ? acts.overtaken : acts.withdrawn,
    "tabling.made": acts.tabled(Array.isArray(payload["suggestions"]) ? payload["suggestions"].length : 0),
    "article.initialled": acts.initialled(article),
    "article.tentative": acts.tentative(article),
    "article.reopening": acts.reopening(article),
    "article.reopened": acts.reopened(article),
    ...structuralActs(messages, payload),
    ...packageActs(messages, payload),
    ...answeringActs(messages),
    "agreement.signature": acts.signature,
    ...meetingActs(messages, payload),
    "mediation.consented": messages.mediation.acts.consented,
    "mediation.agreed": messages.mediation.acts.agreed(text(payload["title"]) ?? ""),
    "agreement.signed": acts.signed,
  };
  return byKind[kind] ?? acts.unknown(kind);
}

/** By suggestion, what it said when it was decided; entries before that only name it. */
export function sayings(messages: Messages, entries: readonly Entry[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { payload } of entries) {
    const [id, said] = [text(payload["suggestion"]), content(messages, payload)];
    if (id && said) found.set(id, said);
  }
  return found;
}

export function tell(messages: Messages, agreement: Agreement, entry: Entry, said: ReadonlyMap<string, string>): Told {
  return {
    act: act(messages, agreement, entry),
    detail: said.get(text(entry.payload["suggestion"]) ?? "") ?? text(entry.payload["statement"]),
    reason: text(entry.payload["reason"]) ?? text(spoken(agreement.members, text(entry.payload["text"]) ?? "")),
  };
}

/** Whether the act stands by itself, without a person who did it: what follows from others' acts. */
export function isConsequence({ kind, payload }: Entry): boolean {
  return /^(?:suggestion\.enacted|article\.(?:tentative|reopened)|agreement\.signed|ground_rules\.adopted)$/.test(kind) || payload["overtaken"] === true;
}
