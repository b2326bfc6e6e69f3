/** Which acts of the history to show: of one party, in one article, or all. */
import type { ReactElement } from "react";

import type { Agreement, Entry } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { articleOf } from "./acts";

export type HistoryFilters = { party: string; article: string };

export const EVERYTHING: HistoryFilters = { party: "", article: "" };

export function isShown(filters: HistoryFilters, entry: Entry, places: ReadonlyMap<string, string>): boolean {
  if (filters.party !== "" && entry.party !== filters.party) return false;
  return filters.article === "" || articleOf(entry, places) === filters.article;
}

type Props = { agreement: Agreement; filters: HistoryFilters; onChange: (filters: HistoryFilters) => void };

export function HistoryFilterForm({ agreement, filters, onChange }: Props): ReactElement {
  const t = useMessages();
  const { party, article, any } = t.suggestions.filters;
  return (
    <div className="history-filters" role="search">
      <label>
        <span>{party}</span>
        <select className="input" value={filters.party} onChange={(event) => { onChange({ ...filters, party: event.target.value }); }}>
          <option value="">{any}</option>
          {agreement.parties.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{article}</span>
        <select className="input" value={filters.article} onChange={(event) => { onChange({ ...filters, article: event.target.value }); }}>
          <option value="">{any}</option>
          {agreement.articles.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
