/** Building a package: tick one's own party's suggestions, say why, and until when it stands. */
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import type { Agreement, Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { announce } from "../../ui/toasts";
import { Waiting } from "../../ui/waiting";
import { titleOf } from "../articles/units";
import { usePendingSuggestions } from "../suggestions/queries";
import { sentence } from "../suggestions/sentence";
import { useOffering } from "./queries";

const LONGEST_TITLE = 200;
const LONGEST = 4_000;

export function OfferForm({ agreement, onDone }: { agreement: Agreement; onDone: () => void }): ReactElement {
  const t = useMessages();
  const words = t.packages.offer;
  const pending = usePendingSuggestions(agreement.id);
  const offering = useOffering(agreement.id);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [draft, setDraft] = useState({ title: "", reason: "", condition: "", expires: "" });
  const own = (pending.data ?? []).filter((one) => one.party === agreement.me.party && !one.package && !one.proposed_with);
  const needsReason = draft.condition.trim() !== "" || draft.expires !== "";
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    offering.mutate(
      {
        title: draft.title,
        suggestions: own.filter(({ id }) => ticked.has(id)).map(({ id }) => id),
        reason: draft.reason.trim() || null,
        condition: draft.condition.trim() || null,
        expires_at: draft.expires ? new Date(draft.expires).toISOString() : null,
      },
      {
        onSuccess: () => {
          announce(words.done);
          onDone();
        },
      },
    );
  };
  const toggle = (id: string): void => {
    setTicked((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  };
  return (
    <form className="stack package-offer" onSubmit={submit} aria-label={words.heading}>
      <h2>{words.heading}</h2>
      {pending.isPending && <Waiting />}
      {pending.data && own.length === 0 && <p className="note">{words.none}</p>}
      <Ticks agreement={agreement} own={own} ticked={ticked} toggle={toggle} />
      <Field label={words.title} hint={words.titleHint} value={draft.title} required maxLength={LONGEST_TITLE} onChange={(title) => { setDraft({ ...draft, title }); }} />
      <Field label={words.reason} hint={words.reasonHint} value={draft.reason} required={needsReason} isLong maxLength={LONGEST} onChange={(reason) => { setDraft({ ...draft, reason }); }} />
      <div className="package-terms">
        <Field label={words.condition} value={draft.condition} maxLength={LONGEST} onChange={(condition) => { setDraft({ ...draft, condition }); }} />
        <Field label={words.expires} value={draft.expires} type="datetime-local" onChange={(expires) => { setDraft({ ...draft, expires }); }} />
      </div>
      {offering.isError && <p className="note bad" role="alert">{problemText(t, offering.error)}</p>}
      <div className="dialog-actions">
        <button type="button" className="button quiet" onClick={onDone}>
          {t.app.cancel}
        </button>
        <button type="submit" className="button primary" disabled={offering.isPending || ticked.size === 0}>
          {words.send}
        </button>
      </div>
    </form>
  );
}

type TicksProps = { agreement: Agreement; own: Suggestion[]; ticked: ReadonlySet<string>; toggle: (id: string) => void };

function Ticks({ agreement, own, ticked, toggle }: TicksProps): ReactElement | null {
  const t = useMessages();
  if (own.length === 0) return null;
  return (
    <fieldset className="package-ticks">
      <legend>
        {t.packages.offer.which} {ticked.size > 0 && <span className="soft">{t.packages.offer.chosen(ticked.size)}</span>}
      </legend>
      {own.map((suggestion) => (
        <label key={suggestion.id}>
          <input type="checkbox" checked={ticked.has(suggestion.id)} onChange={() => { toggle(suggestion.id); }} />
          <span>
            {sentence(t, suggestion)}
            <span className="fine soft"> {titleOf(agreement, suggestion.article_id)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

type FieldProps = {
  label: string; value: string; onChange: (value: string) => void; hint?: string; required?: boolean; isLong?: boolean; maxLength?: number; type?: string;
};

function Field({ label, value, onChange, hint, required = false, isLong = false, maxLength, type = "text" }: FieldProps): ReactElement {
  const id = useId();
  const shared = { id, className: "input", value, required, maxLength, "aria-describedby": hint ? `${id}-hint` : undefined };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {isLong ? (
        <textarea {...shared} rows={3} onChange={(event) => { onChange(event.target.value); }} />
      ) : (
        <input {...shared} type={type} onChange={(event) => { onChange(event.target.value); }} />
      )}
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}
