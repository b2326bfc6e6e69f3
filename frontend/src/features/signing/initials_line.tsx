/** One article's initials in a line: who has put theirs under it, who has not, and what the reader may do. */
import { type ReactElement, useState } from "react";

import type { Article } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { PartyShape } from "../../ui/party_mark";
import { partyIndex, partyName, useRoom } from "../articles/room";
import { pendingIn } from "../articles/standing";
import { InitialDialog } from "./initial_dialog";
import { type InitialDeed, initialActs, initialledBy } from "./initialling";

export function InitialsLine({ article }: { article: Article }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const [deed, setDeed] = useState<InitialDeed | null>(null);
  const words = t.record.initial;
  const acts = initialActs(agreement, article);
  const pending = pendingIn(article);
  return (
    <div className="initials-line">
      <PartyInitials article={article} />
      {acts.initial && (
        <button
          type="button"
          className="button small"
          disabled={pending > 0}
          title={pending > 0 ? words.pendingLeft(pending) : undefined}
          onClick={() => { setDeed("initial"); }}
        >
          {words.action}
        </button>
      )}
      {acts.reopen && (
        <button type="button" className="button quiet small" onClick={() => { setDeed("reopen"); }}>
          {article.reopening.length > 0 ? words.agreeReopen : words.reopen}
        </button>
      )}
      {deed && <InitialDialog article={article} deed={deed} onClose={() => { setDeed(null); }} />}
    </div>
  );
}

function PartyInitials({ article }: { article: Article }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const words = t.record.initial;
  const holding = initialledBy(article);
  return (
    <ul className="party-initials">
      {agreement.parties
        .filter(({ signatory }) => signatory)
        .map(({ key, name }) => {
          const has = article.standing === "tentative" || holding.includes(key);
          return (
            <li key={key} title={has ? words.by(name) : words.waiting(name)}>
              <PartyShape index={partyIndex(agreement, key)} />
              <span aria-hidden="true">{name}</span>
              <span className="visually-hidden">{has ? words.by(name) : words.waiting(name)}</span>
              <Icon name={has ? "check" : "clock"} size={14} />
            </li>
          );
        })}
      {article.reopening.map((party) => (
        <li key={`reopen ${party}`} className="asks">
          {words.reopening(partyName(agreement, party))}
        </li>
      ))}
    </ul>
  );
}
