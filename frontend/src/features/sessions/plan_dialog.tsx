/** When and where the parties meet: setting a date, or changing one that is not held yet. */
import { type ReactElement, type SubmitEvent, useId } from "react";

import type { Agreement, Session } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { given } from "../../ui/form_values";
import { problemText } from "../../ui/problem_text";
import { pathOf, post, put, useSessionAct } from "./queries";
import { fromInput, toInput, weekAfter, zoneName } from "./when";

type Props = { agreement: Agreement; session?: Session; onClose: () => void };
type Plan = { starts_at: string; place: string | null; agenda: string | null };

const LONGEST = 4_000;

export function PlanDialog({ agreement, session, onClose }: Props): ReactElement {
  const t = useMessages();
  const words = t.sessions.plan;
  const id = useId();
  const planning = useSessionAct(
    agreement.id,
    (plan: Plan) => (session ? put(pathOf(agreement.id, session.id), plan) : post(`/agreements/${agreement.id}/sessions`, plan)),
    onClose,
  );
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    planning.mutate({
      starts_at: fromInput(given(form, "starts_at")),
      place: given(form, "place").trim() || null,
      agenda: given(form, "agenda").trim() || null,
    });
  };
  return (
    <Dialog title={session ? words.change : words.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <Field label={words.date} hint={words.zone(zoneName())} name="starts_at" type="datetime-local" required defaultValue={toInput(session ? new Date(session.starts_at) : weekAfter(new Date()))} />
        <Field label={words.place} name="place" maxLength={200} defaultValue={session?.place ?? ""} />
        <div className="field">
          <label htmlFor={id}>{words.agenda}</label>
          <textarea id={id} className="input" name="agenda" rows={4} maxLength={LONGEST} defaultValue={session?.agenda ?? ""} />
        </div>
        {planning.isError && <p className="note bad" role="alert">{problemText(t, planning.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={planning.isPending}>
            {session ? words.save : words.submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
