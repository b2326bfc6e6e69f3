/** What a mediator puts to every party: terms in words, and passages of the text as they shall read. */
import { type ReactElement, type SubmitEvent, useState } from "react";

import { api } from "../../api/client";
import type { Agreement } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Field } from "../../ui/field";
import { given } from "../../ui/form_values";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { useDoing } from "./queries";

type Wish = { title: string; terms: string; closes_at: string; changes: { article_id: string; before: string; after: string }[] };

const A_WEEK_MS = 7 * 86_400_000;

/** A moment as a `datetime-local` field wants it: the clock of this device, without a zone. */
function onThisClock(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function ProposalForm({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const words = t.mediation.proposals;
  const [changes, setChanges] = useState<number[]>([]);
  const [until, setUntil] = useState(() => onThisClock(Date.now() + A_WEEK_MS));
  const proposing = useDoing<Wish>(agreement.id, (path, wish) => api.post(`${path}/proposals`, wish));
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const wish: Wish = {
      title: given(form, "title"),
      terms: given(form, "terms"),
      closes_at: new Date(until).toISOString(),
      changes: changes.map((number) => ({
        article_id: given(form, `article-${String(number)}`),
        before: given(form, `before-${String(number)}`).trim(),
        after: given(form, `after-${String(number)}`).trim(),
      })),
    };
    proposing.mutate(wish, {
      onSuccess: () => {
        element.reset();
        setChanges([]);
        toast(words.sent);
      },
    });
  };
  return (
    <form className="sheet stack" onSubmit={submit}>
      <h3>{words.write}</h3>
      <Field label={words.name} name="title" required maxLength={200} />
      <label className="field">
        <span className="field-label">{words.terms}</span>
        <textarea className="input" name="terms" rows={4} maxLength={4000} />
      </label>
      {changes.map((number) => (
        <fieldset className="proposal-passage" key={number}>
          <label className="field">
            <span className="field-label">{words.article}</span>
            <select className="input" name={`article-${String(number)}`}>
              {agreement.articles.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
            </select>
          </label>
          <Field label={words.before} hint={words.beforeHint} name={`before-${String(number)}`} required maxLength={4000} />
          <Field label={words.after} name={`after-${String(number)}`} maxLength={4000} />
          <div>
            <button type="button" className="button quiet small" onClick={() => { setChanges(changes.filter((other) => other !== number)); }}>
              {words.dropChange}
            </button>
          </div>
        </fieldset>
      ))}
      <div>
        <button type="button" className="button small" onClick={() => { setChanges([...changes, Math.max(0, ...changes) + 1]); }}>
          <Icon name="plus" size={16} /> {words.addChange}
        </button>
      </div>
      <label className="field proposal-until">
        <span className="field-label">{words.closesAt}</span>
        <input className="input" type="datetime-local" required value={until} onChange={(event) => { setUntil(event.target.value); }} />
      </label>
      {proposing.isError && <p className="note bad" role="alert">{problemText(t, proposing.error)}</p>}
      <div>
        <button type="submit" className="button primary" disabled={proposing.isPending}>{words.send}</button>
      </div>
    </form>
  );
}
