/** Every pending change in plain words, in the order of the text; also the way in for those who listen. */
import { Fragment, type ReactElement } from "react";

import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { PartyShape } from "../../ui/party_mark";
import { partyIndex, partyName, useRoom } from "../articles/room";
import { NoCards } from "./margin";
import { sentence } from "./sentence";

export function ChangesDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement, pending } = useRoom();
  const articles = agreement.articles.filter(({ id }) => pending.some(({ article_id }) => article_id === id));
  return (
    <Dialog title={t.suggestions.list.title} onClose={onClose} wide>
      <p className="soft">{t.suggestions.list.intro}</p>
      {pending.length === 0 && <NoCards isFiltered={false} />}
      {articles.map(({ id, title }) => (
        <Fragment key={id}>
          <h3>{title}</h3>
          <ol className="changes">
            {pending
              .filter(({ article_id }) => article_id === id)
              .map((suggestion) => (
                <ChangeLine key={suggestion.id} suggestion={suggestion} onGo={onClose} />
              ))}
          </ol>
        </Fragment>
      ))}
    </Dialog>
  );
}

function ChangeLine({ suggestion, onGo }: { suggestion: Suggestion; onGo: () => void }): ReactElement {
  const t = useMessages();
  const { agreement, select } = useRoom();
  const name = partyName(agreement, suggestion.party);
  return (
    <li>
      <PartyShape index={partyIndex(agreement, suggestion.party)} label={name} />
      <span>
        {sentence(t, suggestion)}
        <span className="soft fine change-by">
          {name}, {suggestion.author.name}
          {suggestion.awaiting.length > 0 && `. ${t.app.list(suggestion.awaiting.map((party) => t.suggestions.answered.waiting(partyName(agreement, party))))}`}
        </span>
      </span>
      <button
        type="button"
        className="button quiet small"
        onClick={() => {
          onGo();
          select(suggestion.id);
        }}
      >
        {t.suggestions.list.go}
      </button>
    </li>
  );
}
