/** Closing a session: it takes the date of the next one, or says on the record why there is none. */
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import type { Agreement, Session } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { given } from "../../ui/form_values";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { pathOf, post, useSessionAct } from "./queries";
import { fromInput, toInput, weekAfter, zoneName } from "./when";

type Props = { agreement: Agreement; session: Session; onClose: () => void };
type Closing = { next_starts_at: string } | { refusal: string };

const LONGEST = 4_000;

export function ClosingDialog({ agreement, session, onClose }: Props): ReactElement {
  const t = useMessages();
  const words = t.sessions.closing;
  const id = useId();
  const [isRefusing, setIsRefusing] = useState(false);
  const closing = useSessionAct(agreement.id, (wish: Closing) => post(pathOf(agreement.id, session.id, "closing"), wish), () => {
    toast(words.done);
    onClose();
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    closing.mutate(isRefusing ? { refusal: given(form, "refusal").trim() } : { next_starts_at: fromInput(given(form, "next")) });
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="soft">{words.body}</p>
        {!isRefusing && <Field label={words.next} hint={t.sessions.plan.zone(zoneName())} name="next" type="datetime-local" required min={toInput(new Date())} defaultValue={toInput(weekAfter(new Date(session.starts_at)) > new Date() ? weekAfter(new Date(session.starts_at)) : weekAfter(new Date()))} />}
        <label className="tick">
          <input type="checkbox" checked={isRefusing} onChange={(event) => { setIsRefusing(event.target.checked); }} />
          {words.refuse}
        </label>
        {isRefusing && (
          <div className="field">
            <label htmlFor={id}>{words.reason}</label>
            <textarea id={id} className="input" name="refusal" rows={3} maxLength={LONGEST} required />
          </div>
        )}
        {closing.isError && <p className="note bad" role="alert">{problemText(t, closing.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={closing.isPending}>
            {words.submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
