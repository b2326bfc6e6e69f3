/** Which suggestions to show: by party, article and author, or only the reader's to answer. */
import { type ReactElement, useId } from "react";

import { useMessages } from "../../i18n/messages";
import { useRoom } from "../articles/room";
import { authorsOf, type Filters } from "./filters";

export function FilterForm(): ReactElement {
  const t = useMessages();
  const { agreement, pending, filters, setFilters } = useRoom();
  const words = t.suggestions.filters;
  const choose = (part: Partial<Filters>): void => {
    setFilters({ ...filters, ...part });
  };
  return (
    <>
      <label className="choice">
        {words.mine}
        <input type="checkbox" checked={filters.mine} onChange={(event) => { choose({ mine: event.target.checked }); }} />
      </label>
      <Choice label={words.party} value={filters.party} options={agreement.parties.map(({ key, name }) => [key, name])} onChange={(party) => { choose({ party }); }} />
      <Choice label={words.article} value={filters.article} options={agreement.articles.map(({ id, title }) => [id, title])} onChange={(article) => { choose({ article }); }} />
      <Choice label={words.author} value={filters.author} options={authorsOf(pending).map(({ id, name }) => [id, name])} onChange={(author) => { choose({ author }); }} />
    </>
  );
}

type ChoiceProps = { label: string; value: string; options: [value: string, label: string][]; onChange: (value: string) => void };

function Choice({ label, value, options, onChange }: ChoiceProps): ReactElement {
  const t = useMessages();
  const id = useId();
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => { onChange(event.target.value); }}>
        <option value="">{t.suggestions.filters.any}</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
