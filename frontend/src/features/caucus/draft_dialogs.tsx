/** A draft's private reason, and discarding a draft. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { useRoom } from "../articles/room";
import { sentence } from "../suggestions/sentence";
import { type Draft, draftPath, draftsKey } from "./drafts";

const LONGEST = 4_000;

type Props = { draft: Draft; onClose: () => void };

export function DraftReasonDialog({ draft, onClose }: Props): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const queries = useQueryClient();
  const [reason, setReason] = useState(draft.reason ?? "");
  const id = useId();
  const explaining = useMutation({
    mutationFn: () => api.put<Draft>(`${draftPath(agreement.id, draft.id)}/reason`, { reason: reason.trim() || null }),
    onSuccess: (now) => {
      queries.setQueryData<Draft[]>(draftsKey(agreement.id), (before = []) => before.map((each) => (each.id === now.id ? now : each)));
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    explaining.mutate();
  };
  return (
    <Dialog title={t.caucus.reasonTitle} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="dialog-sentence">{sentence(t, draft)}</p>
        <div className="field">
          <label htmlFor={id}>{t.suggestions.reasonLabel}</label>
          <textarea id={id} className="input" rows={4} maxLength={LONGEST} value={reason} aria-describedby={`${id}-hint`} onChange={(event) => { setReason(event.target.value); }} />
          <p className="hint" id={`${id}-hint`}>
            {t.caucus.reasonHint}
          </p>
        </div>
        {explaining.isError && <p className="note bad" role="alert">{problemText(t, explaining.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={explaining.isPending}>
            {t.suggestions.saveReason}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function DiscardDialog({ draft, onClose }: Props): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const queries = useQueryClient();
  const said = sentence(t, draft);
  const discarding = useMutation({
    mutationFn: () => api.remove(draftPath(agreement.id, draft.id)),
    onSuccess: () => {
      toast(t.caucus.discarded(said));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: draftsKey(agreement.id) }),
  });
  return (
    <Dialog title={t.caucus.discardTitle} onClose={onClose}>
      <p className="dialog-sentence">{said}</p>
      <p>{t.caucus.discardBody}</p>
      {discarding.isError && <p className="note bad" role="alert">{problemText(t, discarding.error)}</p>}
      <div className="dialog-actions">
        <button type="button" className="button quiet" onClick={onClose}>
          {t.app.cancel}
        </button>
        <button type="button" className="button primary" data-first disabled={discarding.isPending} onClick={() => { discarding.mutate(); }}>
          {t.caucus.discard}
        </button>
      </div>
    </Dialog>
  );
}
