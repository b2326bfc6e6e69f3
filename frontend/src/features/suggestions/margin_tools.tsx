/** The head of the margin: how many there are, which are shown, and answering several. */
import type { ReactElement } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { useRoom } from "../articles/room";
import { FilterForm } from "./filter_form";
import { isFiltering, NO_FILTERS } from "./filters";
import { ManyAnswers } from "./many_answers";
import type { Ticks } from "./ticks";

export function MarginTools({ ticks }: { ticks: Ticks }): ReactElement | null {
  const t = useMessages();
  const { shown, pending, filters, setFilters } = useRoom();
  const isFiltered = isFiltering(filters);
  // That there is none is said below, where there is room to say what to do.
  if (pending.length === 0 && !isFiltered) return null;
  return (
    <div className="margin-tools">
      <div className="row">
        <h2>{isFiltered ? t.suggestions.filters.shown(shown.length, pending.length) : t.table.openSuggestions(pending.length)}</h2>
        <span className="grow" />
        {isFiltered && (
          <button type="button" className="button quiet small" onClick={() => { setFilters(NO_FILTERS); }}>
            <Icon name="close" size={14} />
            {t.suggestions.filters.clear}
          </button>
        )}
        {pending.length > 0 && (
          <Menu label={t.suggestions.filters.title} face={t.suggestions.filters.title} className="button quiet small">
            <FilterForm />
          </Menu>
        )}
        {ticks.open.length > 1 && !ticks.isOn && (
          <button type="button" className="button quiet small" onClick={ticks.start}>
            {t.suggestions.many.start}
          </button>
        )}
      </div>
      {ticks.isOn && <ManyAnswers ticks={ticks} />}
    </div>
  );
}
