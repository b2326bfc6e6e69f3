/** The head of the margin: how many there are, which are shown, and answering several. */
import { type ReactElement, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { useRoom } from "../articles/room";
import { useThreads } from "../threads/queries";
import { ThreadsDialog } from "../threads/text_threads";
import { FilterForm } from "./filter_form";
import { isFiltering, NO_FILTERS } from "./filters";
import { ManyAnswers } from "./many_answers";
import type { Ticks } from "./ticks";

export function MarginTools({ ticks }: { ticks: Ticks }): ReactElement | null {
  const t = useMessages();
  const { shown, pending, filters, setFilters } = useRoom();
  const isFiltered = isFiltering(filters);
  const threads = useThreads();
  const [isListing, setIsListing] = useState(false);
  // That there is none is said below, where there is room to say what to do.
  if (pending.length === 0 && !isFiltered && threads.length === 0) return null;
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
        {threads.length > 0 && (
          <button type="button" className="button quiet small" aria-label={t.threads.menu} title={t.threads.menu} onClick={() => { setIsListing(true); }}>
            <Icon name="cards" size={15} />
            {threads.length}
          </button>
        )}
        {isListing && <ThreadsDialog onClose={() => { setIsListing(false); }} />}
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
