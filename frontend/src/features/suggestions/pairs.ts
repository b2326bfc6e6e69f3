/** Suggestions that bear on one another: counters, amendments, and what goes off the table with what. */
import type { Agreement, Response, Suggestion } from "../../api/types";

type Pending = readonly Suggestion[];

/** Suggestions of the reader's party that could be made the counter to one. */
export function linkable({ me }: Agreement, pending: Pending, { id, article_id }: Suggestion): Suggestion[] {
  return pending.filter(
    (one) => one.party === me.party && one.article_id === article_id && one.id !== id && one.counters === null && one.countered_by.length === 0,
  );
}

/** The amendments that the reader's party has pending in a proposal. */
export function ownAmendments({ me }: Agreement, pending: Pending, { id }: Suggestion): Suggestion[] {
  return pending.filter(({ amends, party }) => amends === id && party === me.party);
}

/** What a suggestion counters and what counters it, as far as it is pending. */
export function counterparts(pending: Pending, suggestion: Suggestion): Suggestion[] {
  const ids = new Set([...(suggestion.counters === null ? [] : [suggestion.counters]), ...suggestion.countered_by]);
  return pending.filter(({ id }) => ids.has(id));
}

/** What goes off the table when a suggestion enters the agreement; an amendment changes its proposal, and nothing goes. */
export function alternatives(pending: Pending, suggestion: Suggestion): Suggestion[] {
  if (suggestion.amends !== null) return [];
  const byId = new Map(pending.map((one) => [one.id, one]));
  const gone = new Map([[suggestion.id, suggestion]]);
  for (const one of gone.values()) {
    const countered = one.counters !== null && one.amends !== one.counters ? [one.counters] : [];
    for (const id of [...countered, ...one.countered_by]) {
      const found = byId.get(id);
      if (found) gone.set(id, found);
    }
  }
  gone.delete(suggestion.id);
  return [...gone.values()];
}

/** A party's acceptance of a proposal with an amendment, as long as that is its last word. */
export function awaitedBy(pending: Pending, amendment: Suggestion): Response | null {
  const proposal = pending.find(({ id }) => id === amendment.amends);
  const last = proposal?.responses.filter(({ party }) => party === amendment.party).at(-1);
  const isMet = last?.amendment?.suggestion === amendment.id && last.amendment.content_hash === amendment.content_hash;
  return last && isMet && last.content_hash === proposal?.content_hash ? last : null;
}

/** The pending amendments with which parties accept a proposal, by their last word. */
export function acceptedWith(pending: Pending, proposal: Suggestion): Suggestion[] {
  return pending.filter((one) => one.amends === proposal.id && awaitedBy(pending, one) !== null);
}
