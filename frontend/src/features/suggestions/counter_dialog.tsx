/** Countering: the wording one wants instead, or a suggestion of one's own that is on the table already. */
import { useMutation } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { useRoom } from "../articles/room";
import { linkable } from "./pairs";
import { useReread } from "./queries";
import { sentence } from "./sentence";

const LONGEST = 50_000;
const LONGEST_REASON = 4_000;

export function CounterDialog({ suggestion, onClose }: { suggestion: Suggestion; onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement, pending, select } = useRoom();
  const words = t.suggestions.countering;
  const own = linkable(agreement, pending, suggestion);
  const [wording, setWording] = useState(suggestion.after);
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const id = useId();
  const reread = useReread();
  const sending = useMutation({
    mutationFn: () =>
      api.post<Suggestion>(`/agreements/${agreement.id}/suggestions/${suggestion.id}/counters`, {
        content_hash: suggestion.content_hash,
        ...(chosen === null ? { text: wording } : { suggestion: chosen }),
        ...(reason.trim() && { reason: reason.trim() }),
      }),
    onSuccess: (counter) => {
      toast(words.done(sentence(t, counter)));
      onClose();
      select(counter.id, { scroll: false });
    },
    onSettled: reread,
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.mutate();
  };
  const isSaid = chosen !== null || (wording.trim() !== suggestion.after.trim() && wording.trim() !== suggestion.before.trim());
  return (
    <Dialog title={words.title} onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        <p className="dialog-sentence">{sentence(t, suggestion)}</p>
        {own.length > 0 && (
          <fieldset className="choices">
            <legend className="visually-hidden">{words.title}</legend>
            <label className="check">
              <input type="radio" name={id} checked={chosen === null} onChange={() => { setChosen(null); }} />
              {words.write}
            </label>
            <label className="check">
              <input type="radio" name={id} checked={chosen !== null} onChange={() => { setChosen(own[0]?.id ?? null); }} />
              {words.use}
            </label>
          </fieldset>
        )}
        {chosen === null ? (
          <div className="field">
            <label htmlFor={`${id}-text`}>{words.text}</label>
            <textarea
              id={`${id}-text`}
              className="input wording"
              rows={Math.min(12, Math.max(4, Math.ceil(wording.length / 60)))}
              maxLength={LONGEST}
              value={wording}
              data-first=""
              aria-describedby={`${id}-hint`}
              onChange={(event) => { setWording(event.target.value); }}
            />
            <p className="hint" id={`${id}-hint`}>{words.textHint}</p>
          </div>
        ) : (
          <div className="field">
            <label htmlFor={`${id}-own`}>{words.choose}</label>
            <select id={`${id}-own`} className="input" value={chosen} aria-describedby={`${id}-hint`} onChange={(event) => { setChosen(event.target.value); }}>
              {own.map((one) => (
                <option key={one.id} value={one.id}>{sentence(t, one)}</option>
              ))}
            </select>
            <p className="hint" id={`${id}-hint`}>{words.linkHint}</p>
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-reason`}>{t.suggestions.reasonLabel}</label>
          <textarea
            id={`${id}-reason`}
            className="input"
            rows={2}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={(event) => { setReason(event.target.value); }}
          />
        </div>
        {sending.isError && <p className="note bad" role="alert">{problemText(t, sending.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={!isSaid || sending.isPending}>
            {words.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
