/** The joint minutes of a session: a draft that either side writes, frozen once every signing party has initialled it. */
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import type { Agreement, Minutes, Session } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { given } from "../../ui/form_values";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { partyName } from "../articles/room";
import { pathOf, post, put, useSessionAct } from "./queries";

type Props = { agreement: Agreement; session: Session };

const LONGEST = 4_000;

export function MinutesPart({ agreement, session }: Props): ReactElement | null {
  const t = useMessages();
  const words = t.sessions.minutes;
  const [isWriting, setIsWriting] = useState(false);
  const { minutes } = session;
  const initialling = useSessionAct(agreement.id, (seen: string) => post(pathOf(agreement.id, session.id, "minutes/initials"), { content_hash: seen }));
  const mayWrite = session.status !== "convened" && !minutes?.frozen && agreement.me.may.includes("record");
  const mayInitial = minutes?.awaiting.includes(agreement.me.party) && agreement.me.may.includes("initial");
  if (!minutes && !mayWrite) return null;
  return (
    <section className="session-part" aria-label={words.title}>
      <h3>{words.title}</h3>
      {minutes ? <Written agreement={agreement} minutes={minutes} /> : <p className="soft">{words.none}</p>}
      <div className="row">
        {mayInitial && minutes && (
          <button type="button" className="button small primary" disabled={initialling.isPending} onClick={() => { initialling.mutate(minutes.content_hash); }}>
            {words.initial}
          </button>
        )}
        {mayWrite && (
          <button type="button" className="button small" onClick={() => { setIsWriting(true); }}>
            {minutes ? words.edit : words.write}
          </button>
        )}
      </div>
      {initialling.isError && <p className="note bad" role="alert">{problemText(t, initialling.error)}</p>}
      {isWriting && <MinutesDialog agreement={agreement} session={session} onClose={() => { setIsWriting(false); }} />}
    </section>
  );
}

function Written({ agreement, minutes }: { agreement: Agreement; minutes: Minutes }): ReactElement {
  const words = useMessages().sessions.minutes;
  return (
    <>
      <p className="minutes-text">{minutes.content}</p>
      {minutes.frozen ? (
        <p className="badge good">
          <Icon name="seal" size={15} />
          {words.frozen}
        </p>
      ) : (
        <ul className="row soft fine minutes-standing">
          <li>{words.draft(minutes.drafted_by.name)}</li>
          {minutes.initials.map(({ party }) => (
            <li key={party}>{words.initialled(partyName(agreement, party))}</li>
          ))}
          {minutes.awaiting.map((party) => (
            <li key={party}>{words.waiting(partyName(agreement, party))}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function MinutesDialog({ agreement, session, onClose }: Props & { onClose: () => void }): ReactElement {
  const t = useMessages();
  const words = t.sessions.minutes;
  const id = useId();
  // What one began from: somebody else's draft meanwhile is refused, never overwritten.
  const [begun] = useState(session.minutes);
  const saving = useSessionAct(
    agreement.id,
    (content: string) => put(pathOf(agreement.id, session.id, "minutes"), { content, seen: begun?.content_hash ?? null }),
    onClose,
  );
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    saving.mutate(given(new FormData(event.currentTarget), "content"));
  };
  return (
    <Dialog title={words.title} onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        {begun && begun.initials.length > 0 && <p className="note warn">{words.voids}</p>}
        <div className="field">
          <label className="visually-hidden" htmlFor={id}>
            {words.title}
          </label>
          <textarea id={id} className="input minutes-input" name="content" rows={12} maxLength={LONGEST} required placeholder={words.placeholder} defaultValue={begun?.content ?? ""} />
        </div>
        {saving.isError && <p className="note bad" role="alert">{problemText(t, saving.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={saving.isPending}>
            {words.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
