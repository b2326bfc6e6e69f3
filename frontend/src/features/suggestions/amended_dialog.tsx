/** Accepting a proposal as one's own pending amendment would make it. */
import { useMutation } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { useRoom } from "../articles/room";
import { Changed } from "./changed";
import { ownAmendments } from "./pairs";
import { useReread } from "./queries";
import { sentence } from "./sentence";

export function AmendedDialog({ suggestion, onClose }: { suggestion: Suggestion; onClose: () => void }): ReactElement | null {
  const t = useMessages();
  const { agreement, pending } = useRoom();
  const words = t.suggestions.amending;
  const amendments = ownAmendments(agreement, pending, suggestion);
  const [chosen, setChosen] = useState(amendments[0]?.id);
  const amendment = amendments.find(({ id }) => id === chosen) ?? amendments[0];
  const id = useId();
  const reread = useReread();
  const sending = useMutation({
    mutationFn: (named: Suggestion) =>
      api.post<Suggestion>(`/agreements/${agreement.id}/suggestions/${suggestion.id}/responses`, {
        kind: "accept_as_amended",
        content_hash: suggestion.content_hash,
        amendment: { suggestion: named.id, content_hash: named.content_hash },
      }),
    onSuccess: () => {
      toast(words.done);
      onClose();
    },
    onSettled: reread,
  });
  if (!amendment) return null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.mutate(amendment);
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="soft">{words.intro}</p>
        {amendments.length > 1 && (
          <div className="field">
            <label htmlFor={id}>{words.which}</label>
            <select id={id} className="input" value={amendment.id} onChange={(event) => { setChosen(event.target.value); }}>
              {amendments.map((one) => (
                <option key={one.id} value={one.id}>{sentence(t, one)}</option>
              ))}
            </select>
          </div>
        )}
        <p className="fine soft">{t.suggestions.calm.willRead}</p>
        <Changed suggestion={amendment} />
        {sending.isError && <p className="note bad" role="alert">{problemText(t, sending.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={sending.isPending} data-first="">
            {words.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
