/** Asking for a mediator: one's own party's yes, with a link to hand over that is shown as long as the page is. */
import type { ReactElement, SubmitEvent } from "react";

import { api } from "../../api/client";
import type { Agreement, Invitation } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Field } from "../../ui/field";
import { given } from "../../ui/form_values";
import { problemText } from "../../ui/problem_text";
import { useDoing } from "./queries";

export function InviteMediator({ agreement, isAsked }: { agreement: Agreement; isAsked: boolean }): ReactElement | null {
  const t = useMessages();
  const words = t.mediation.invite;
  const inviting = useDoing<{ party: string; email: string }, Invitation>(agreement.id, (_, { party, email }) =>
    api.post<Invitation>(`/agreements/${agreement.id}/invitations`, { party, role: "mediator", ...(email && { email }) }),
  );
  const neutral = agreement.parties.filter(({ signatory }) => !signatory);
  if (isAsked && !inviting.data) return null;
  if (neutral.length === 0) {
    return (
      <div className="note">
        <p>{words.none}</p>
        <p className="soft fine">{words.none_hint}</p>
      </div>
    );
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    inviting.mutate({ party: given(form, "party"), email: given(form, "email").trim() });
  };
  if (inviting.data) {
    return (
      <div className="note good">
        <p>{words.made}</p>
        <input className="input" readOnly aria-label={words.made} value={inviting.data.url} onFocus={(event) => { event.target.select(); }} />
      </div>
    );
  }
  return (
    <form className="sheet stack" onSubmit={submit}>
      <h3>{words.title}</h3>
      <p className="soft">{words.body}</p>
      <div className="mediation-grid">
        <label className="field">
          <span className="field-label">{words.party}</span>
          <select className="input" name="party">
            {neutral.map(({ key, name }) => <option key={key} value={key}>{name}</option>)}
          </select>
        </label>
        <Field label={words.email} name="email" type="email" autoComplete="off" />
      </div>
      {inviting.isError && <p className="note bad" role="alert">{problemText(t, inviting.error)}</p>}
      <div>
        <button type="submit" className="button primary" disabled={inviting.isPending}>{words.send}</button>
      </div>
    </form>
  );
}
