/** Who was there, side by side; each side writes down its own, members and guests. */
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import type { Agreement, Session } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { given } from "../../ui/form_values";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { pathOf, put, useSessionAct } from "./queries";

type Props = { agreement: Agreement; session: Session };
type Person = { member_id: string } | { name: string };

export function AttendanceList({ agreement, session }: Props): ReactElement | null {
  const t = useMessages();
  const words = t.sessions.attendance;
  const [isWriting, setIsWriting] = useState(false);
  if (session.attendance === null) return null;
  const mayWrite = session.status === "open" && agreement.me.may.includes("record");
  return (
    <section className="session-part" aria-label={words.title}>
      <h3>{words.title}</h3>
      <dl className="session-sides">
        {agreement.parties.map(({ key, name }, index) => {
          const people = session.attendance?.[key] ?? [];
          return (
            <div key={key}>
              <dt>
                <PartyName index={index} name={name} />
              </dt>
              <dd className={people.length === 0 ? "soft" : ""}>{people.map((person) => person.name).join(", ") || words.none}</dd>
            </div>
          );
        })}
      </dl>
      {mayWrite && (
        <button type="button" className="button small" onClick={() => { setIsWriting(true); }}>
          {words.edit}
        </button>
      )}
      {isWriting && <AttendanceDialog agreement={agreement} session={session} onClose={() => { setIsWriting(false); }} />}
    </section>
  );
}

function AttendanceDialog({ agreement, session, onClose }: Props & { onClose: () => void }): ReactElement {
  const t = useMessages();
  const words = t.sessions.attendance;
  const id = useId();
  const written = session.attendance?.[agreement.me.party] ?? [];
  const saving = useSessionAct(agreement.id, (people: Person[]) => put(pathOf(agreement.id, session.id, "attendance"), { people }), onClose);
  const own = agreement.members.filter(({ party }) => party === agreement.me.party);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const guests = given(form, "guests").split("\n").map((name) => name.trim()).filter(Boolean);
    saving.mutate([...form.getAll("member").map((member) => ({ member_id: member as string })), ...guests.map((name) => ({ name }))]);
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <fieldset className="ticks">
          {own.map((member) => (
            <label key={member.id} className="tick">
              <input type="checkbox" name="member" value={member.id} defaultChecked={written.length === 0 ? member.id === agreement.me.member_id : written.some(({ member_id: there }) => there === member.id)} />
              {member.name}
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor={id}>{words.guest}</label>
          <textarea id={id} className="input" name="guests" rows={3} defaultValue={written.filter(({ member_id: member }) => member === null).map(({ name }) => name).join("\n")} />
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
