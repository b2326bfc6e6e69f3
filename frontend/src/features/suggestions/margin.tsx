/** The margin: a card for every suggestion that is shown, beside its text. */
import type { ReactElement } from "react";

import { useMessages } from "../../i18n/messages";
import { useRoom } from "../articles/room";
import { SuggestionCard } from "./card";
import { MarginTools } from "./margin_tools";
import { PlacedCards } from "./placed_cards";
import { useTicks } from "./ticks";

export function Margin(): ReactElement {
  const t = useMessages();
  const { shown, view, isLoading, pending } = useRoom();
  const ticks = useTicks(shown);
  return (
    <aside className="margin" aria-label={t.suggestions.title}>
      <MarginTools ticks={ticks} />
      {!isLoading && shown.length === 0 && <NoCards isFiltered={pending.length > 0} />}
      {view !== "agreed" && (
        <PlacedCards items={shown}>{(suggestion) => <SuggestionCard suggestion={suggestion} tick={ticks.of(suggestion)} />}</PlacedCards>
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
