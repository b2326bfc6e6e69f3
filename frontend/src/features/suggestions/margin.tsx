/** The margin: a card for every suggestion that is shown, beside its text. */
import { type ReactElement, useMemo } from "react";

import { useMessages } from "../../i18n/messages";
import { useRoom } from "../articles/room";
import { TextThreadCard, threadPlace, useTextThreads } from "../threads/text_threads";
import { SuggestionCard } from "./card";
import { MarginTools } from "./margin_tools";
import { headOf, PlacedCards } from "./placed_cards";
import { useTicks } from "./ticks";

export function Margin(): ReactElement {
  const t = useMessages();
  const { shown, view, isLoading, pending, editor, live } = useRoom();
  const threads = useTextThreads();
  const items = useMemo(() => [...shown, ...threads], [shown, threads]);
  const ticks = useTicks(shown);
  return (
    <aside className="margin" aria-label={t.suggestions.title}>
      <MarginTools ticks={ticks} />
      {!isLoading && shown.length === 0 && <NoCards isFiltered={pending.length > 0} />}
      {view !== "agreed" && (
        <PlacedCards items={items} placeOf={(item) => ("on" in item ? threadPlace(editor, live, item) : headOf(item))}>
          {(item) => ("on" in item ? <TextThreadCard thread={item} /> : <SuggestionCard suggestion={item} tick={ticks.of(item)} />)}
        </PlacedCards>
      )}
      {view === "agreed" && pending.length > 0 && <p className="margin-note soft">{t.table.viewHints.agreed}.</p>}
    </aside>
  );
}

export function NoCards({ isFiltered }: { isFiltered: boolean }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const { none } = t.suggestions;
  const mayWrite = agreement.me.may.includes("suggest") && agreement.articles.some(({ standing }) => standing !== "tentative");
  if (isFiltered) return <p className="margin-note soft">{none.filtered}</p>;
  return (
    <div className="margin-note">
      <h2>{none.title}</h2>
      <p className="soft">{mayWrite ? none.body : none.readBody}</p>
    </div>
  );
}
