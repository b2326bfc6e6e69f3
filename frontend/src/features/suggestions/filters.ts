/** Choosing among many suggestions. */
import type { Suggestion } from "../../api/types";

export type Filters = { mine: boolean; party: string; article: string; author: string };

export const NO_FILTERS: Filters = { mine: false, party: "", article: "", author: "" };

export function isFiltering(filters: Filters): boolean {
  return filters.mine || filters.party !== "" || filters.article !== "" || filters.author !== "";
}

/** `isMine` tells whether a suggestion is the reader's to answer. */
export function filtered(
  suggestions: readonly Suggestion[],
  { mine, party, article, author }: Filters,
  isMine: (suggestion: Suggestion) => boolean,
): Suggestion[] {
  return suggestions.filter(
    (suggestion) =>
      (!party || suggestion.party === party) &&
      (!article || suggestion.article_id === article) &&
      (!author || suggestion.author.id === author) &&
      (!mine || isMine(suggestion)),
  );
}

/** Every author among the suggestions, by name. */
export function authorsOf(suggestions: readonly Suggestion[]): { id: string; name: string }[] {
  const authors = new Map(suggestions.map(({ author }) => [author.id, author]));
  return [...authors.values()].sort((one, other) => one.name.localeCompare(other.name));
}
