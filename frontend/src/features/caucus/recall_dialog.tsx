/** Taking a tabled suggestion back: withdrawn at the table, for everybody; a draft again, for the party alone. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { agreementKey } from "../agreements/queries";
import { useRoom } from "../articles/room";
import { suggestionsKey } from "../suggestions/queries";
import { sentence } from "../suggestions/sentence";
import { draftsKey } from "./drafts";

const LONGEST = 4_000;

export function RecallDialog({ suggestion, onClose }: { suggestion: Suggestion; onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement, setLayer } = useRoom();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const id = useId();
  const words = t.caucus.recall;
  const said = sentence(t, suggestion);
  const recalling = useMutation({
    mutationFn: () => api.post(`/agreements/${agreement.id}/suggestions/${suggestion.id}/recall`, reason.trim() ? { reason: reason.trim() } : {}),
    onSuccess: () => {
      toast(words.done(said), { action: { label: words.look, run: () => { setLayer("caucus"); } } });
      onClose();
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: suggestionsKey(agreement.id) });
      await queries.invalidateQueries({ queryKey: draftsKey(agreement.id) });
      await queries.invalidateQueries({ queryKey: agreementKey(agreement.id), exact: true });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    recalling.mutate();
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="dialog-sentence">{said}</p>
        <p>{words.body}</p>
        <div className="field">
          <label htmlFor={id}>{words.reason}</label>
          <textarea id={id} className="input" rows={3} maxLength={LONGEST} value={reason} aria-describedby={`${id}-hint`} onChange={(event) => { setReason(event.target.value); }} />
          <p className="hint" id={`${id}-hint`}>
            {words.reasonHint}
          </p>
        </div>
        {recalling.isError && <p className="note bad" role="alert">{problemText(t, recalling.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={recalling.isPending}>
            {words.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
