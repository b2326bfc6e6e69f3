/** Where there is no room for a margin: the selected card as a sheet from below, and the way to the next one. */
import { type ReactElement, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { useRoom } from "../articles/room";
import { SuggestionCard } from "./card";
import { ManyAnswers } from "./many_answers";
import { FilterForm } from "./filter_form";
import { NoCards } from "./margin";
import { useTicks } from "./ticks";
import { useWalk } from "./walking";

export function SuggestionSheet(): ReactElement {
  const t = useMessages();
  const { pending, byId, selected } = useRoom();
  const [isListing, setIsListing] = useState(false);
  const { next, previous } = useWalk();
  const card = selected === null ? undefined : byId.get(selected);
  return (
    <aside className={isListing || card ? "bottom-sheet open" : "bottom-sheet"} aria-label={t.suggestions.title}>
      <div className="sheet-bar">
        <button type="button" className="button quiet small" aria-expanded={isListing} onClick={() => { setIsListing(!isListing); }}>
          <Icon name="cards" />
          {t.table.openSuggestions(pending.length)}
        </button>
        <span className="grow" />
        <button type="button" className="button quiet small" disabled={pending.length === 0} aria-label={t.suggestions.keys.previous} onClick={() => { setIsListing(false); previous(); }}>
          <span className="turn-up"><Icon name="back" /></span>
        </button>
        <button type="button" className="button quiet small" disabled={pending.length === 0} aria-label={t.suggestions.keys.next} onClick={() => { setIsListing(false); next(); }}>
          <span className="turn-down"><Icon name="back" /></span>
        </button>
      </div>
      {isListing ? <SheetList /> : card && <SuggestionCard suggestion={card} />}
    </aside>
  );
}

function SheetList(): ReactElement {
  const t = useMessages();
  const { shown, pending } = useRoom();
  const ticks = useTicks(shown);
  return (
    <div className="sheet-list">
      <details>
        <summary>{t.suggestions.filters.title}</summary>
        <FilterForm />
      </details>
      {ticks.isOn ? (
        <ManyAnswers ticks={ticks} />
      ) : (
        ticks.open.length > 1 && (
          <button type="button" className="button small" onClick={ticks.start}>
            {t.suggestions.many.start}
          </button>
        )
      )}
      {shown.length === 0 && <NoCards isFiltered={pending.length > 0} />}
      {shown.map((suggestion) => (
        <SuggestionCard key={suggestion.id} suggestion={suggestion} tick={ticks.of(suggestion)} />
      ))}
    </div>
  );
}
