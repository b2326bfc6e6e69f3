/** Who is at the table now, by party. */
import type { ReactElement } from "react";

import { useMessages } from "../../i18n/messages";
import type { LiveLayer, Person } from "../../sync";
import { Menu } from "../../ui/menu";
import { PartyName, PartyShape } from "../../ui/party_mark";
import { useWatched } from "../../ui/watch";
import { partyIndex, useRoom } from "../articles/room";

const SHOWN = 6;

export function Present({ live }: { live: LiveLayer }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const people = useWatched(live.presence.people);
  const here = live.layer === "caucus" ? t.caucus.present : t.table.present;
  const label = `${here}: ${people.map(({ name }) => name).join(", ")}`;
  const inOrder = [...people].sort((one, other) => partyIndex(agreement, one.party) - partyIndex(agreement, other.party));
  return (
    <Menu
      label={label}
      className="button quiet present"
      face={
        <>
          {inOrder.slice(0, SHOWN).map(({ member, party }) => (
            <PartyShape key={member} index={partyIndex(agreement, party)} />
          ))}
          {people.length > SHOWN && <span className="fine">+{people.length - SHOWN}</span>}
        </>
      }
    >
      <PresentList people={people} here={here} />
    </Menu>
  );
}

function PresentList({ people, here: title }: { people: readonly Person[]; here: string }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const parties = agreement.parties.filter(({ key }) => people.some(({ party }) => party === key));
  return (
    <div className="present-list">
      <h2 className="fine soft">{title}</h2>
      {parties.map(({ key, name }) => (
        <div key={key} className="people-party">
          <strong>
            <PartyName index={partyIndex(agreement, key)} name={name} />
          </strong>
          <ul>
            {people
              .filter(({ party }) => party === key)
              .map(({ member, name: person, here }) => (
                <li key={member}>
                  {person} {here && <span className="soft fine">{t.agreements.people.you}</span>}
                </li>
              ))}
          </ul>
        </div>
      ))}
      {people.length < 2 && <p className="soft fine">{t.table.nobodyElse}</p>}
    </div>
  );
}
