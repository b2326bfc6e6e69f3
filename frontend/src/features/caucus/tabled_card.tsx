/** What lies on the table, seen from caucus: to be read and drafted over. It is answered at the table. */
import type { ReactElement } from "react";

import type { Suggestion } from "../../api/types";
import type { SuggestionId } from "../../editor";
import { useMessages } from "../../i18n/messages";
import { PartyShape } from "../../ui/party_mark";
import { partyIndex, partyName, useRoom } from "../articles/room";
import { sentence } from "../suggestions/sentence";

export function TabledCard({ suggestion }: { suggestion: Suggestion }): ReactElement {
  const t = useMessages();
  const { agreement, selected, select, editor } = useRoom();
  const { id, party, reason } = suggestion;
  const isSelected = selected === id;
  const light = (on: boolean): void => { editor?.hoverSuggestion(on ? (id as SuggestionId) : null); };
  return (
    // Pointing at a card lights its text; the button inside is the control that does it by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      className={isSelected ? "card tabled-card selected" : "card tabled-card"}
      data-card={id}
      aria-current={isSelected ? "true" : undefined}
      onMouseEnter={() => { light(true); }}
      onMouseLeave={() => { light(false); }}
    >
      <p className="card-byline">
        <PartyShape index={partyIndex(agreement, party)} />
        <span>{partyName(agreement, party)}</span>
        <span className="soft">{t.caucus.atTheTable}</span>
      </p>
      <button type="button" className="card-sentence" onClick={() => { select(isSelected ? null : id, { scroll: false }); }}>
        {sentence(t, suggestion)}
      </button>
      {isSelected && reason && <p className="card-reason">{reason}</p>}
    </article>
  );
}
