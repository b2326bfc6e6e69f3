/** On a card: what it counters and what counters it, who holds it, and what has been accepted of it. */
import type { ReactElement } from "react";

import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { partyName, useRoom } from "../articles/room";
import { acceptedWith, awaitedBy, counterparts } from "./pairs";
import { sentence } from "./sentence";

export function CardPair({ suggestion }: { suggestion: Suggestion }): ReactElement | null {
  const t = useMessages();
  const { agreement, pending } = useRoom();
  const { pair, held } = t.suggestions;
  const awaited = awaitedBy(pending, suggestion);
  const list = (parties: readonly string[]): string => t.app.list(parties.map((party) => partyName(agreement, party)));
  return (
    <>
      {suggestion.held_by.length > 0 && (
        <p className="card-held">
          <Icon name="question" size={15} />
          {held(list(suggestion.held_by))}
        </p>
      )}
      {counterparts(pending, suggestion).map((other) => (
        <Counterpart key={other.id} suggestion={suggestion} other={other} />
      ))}
      {suggestion.parts.length > 0 && <p className="soft fine">{pair.partAccepted(suggestion.parts.length)}</p>}
      {acceptedWith(pending, suggestion).map((amendment) => (
        <p key={amendment.id} className="card-awaited">{pair.asAmended(partyName(agreement, amendment.party), sentence(t, amendment))}</p>
      ))}
      {awaited && <p className="card-awaited">{pair.awaited(partyName(agreement, awaited.party))}</p>}
    </>
  );
}

function Counterpart({ suggestion, other }: { suggestion: Suggestion; other: Suggestion }): ReactElement {
  const t = useMessages();
  const { agreement, select } = useRoom();
  const { pair } = t.suggestions;
  const party = partyName(agreement, other.party);
  const isCounter = suggestion.counters === other.id;
  const lead = isCounter ? (suggestion.amends === other.id ? pair.inside(party) : pair.counters(party)) : pair.counteredBy(party);
  return (
    <p className="card-pair">
      <span className="soft">{lead}</span>{" "}
      <button type="button" className="link" onClick={() => { select(other.id); }}>
        {sentence(t, other)}
      </button>
    </p>
  );
}
