/** The sealed notes: a party sees its own with the mediator, the mediator one room a party, never two at once. */
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import type { Agreement } from "../../api/types";
import { exactly, sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { given } from "../../ui/form_values";
import { Icon } from "../../ui/icons";
import { useNow } from "../../ui/now";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { partyIndex, partyName } from "../articles/room";
import { useDoing, useNotes } from "./queries";

export function Notes({ agreement, rooms }: { agreement: Agreement; rooms: string[] }): ReactElement | null {
  const t = useMessages();
  const words = t.mediation.notes;
  const [chosen, setChosen] = useState<string | null>(null);
  const room = chosen ?? rooms[0];
  if (room === undefined) return null;
  return (
    <section className="stack" aria-labelledby="mediation-notes">
      <h2 className="section-title" id="mediation-notes">{words.title}</h2>
      {rooms.length > 1 && (
        <div className="row" role="group" aria-label={words.title}>
          {rooms.map((party) => (
            <button key={party} type="button" className="button" aria-pressed={party === room} onClick={() => { setChosen(party); }}>
              <PartyName index={partyIndex(agreement, party)} name={partyName(agreement, party)} />
            </button>
          ))}
        </div>
      )}
      <Room key={room} agreement={agreement} party={room} />
    </section>
  );
}

function Room({ agreement, party }: { agreement: Agreement; party: string }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const now = useNow();
  const id = useId();
  const words = t.mediation.notes;
  const notes = useNotes(agreement.id, party);
  const writing = useDoing<string>(agreement.id, (path, text) => api.post(`${path}/notes/${party}`, { text }));
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = given(new FormData(form), "text").trim();
    if (text) writing.mutate(text, { onSuccess: () => { form.reset(); } });
  };
  return (
    <div className="sheet stack sealed-room">
      <div>
        <h3>{words.between(partyName(agreement, party))}</h3>
        <p className="sealed-band"><Icon name="lock" size={16} /> {words.sealed(partyName(agreement, party))}</p>
      </div>
      {notes.data?.items.length === 0 && <p className="soft">{words.none}</p>}
      <ol className="sealed-notes">
        {notes.data?.items.toReversed().map((note) => (
          <li key={note.id}>
            <p className="fine">
              <strong><PartyName index={partyIndex(agreement, note.author_party)} name={note.author.name} /></strong>{" "}
              <time className="soft" dateTime={note.at} title={exactly(locale, note.at)}>{sinceThen(locale, note.at, now)}</time>
            </p>
            <p className="sealed-text">{note.text}</p>
          </li>
        ))}
      </ol>
      <form className="field" onSubmit={submit}>
        <label htmlFor={`${id}-text`}>{words.label}</label>
        <textarea className="input" id={`${id}-text`} name="text" rows={3} maxLength={4000} required />
        {writing.isError && <p className="wrong" role="alert">{problemText(t, writing.error)}</p>}
        <div>
          <button type="submit" className="button" disabled={writing.isPending}><Icon name="lock" size={16} /> {words.send}</button>
        </div>
      </form>
    </div>
  );
}
