/** Words that go with an answer: a question, why something is rejected or withdrawn, or the reason of one's own. */
import { useMutation, type UseMutationResult, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, type ReactElement, useId, useState } from "react";

import { api } from "../../api/client";
import type { Suggestion } from "../../api/types";
import { type Messages, useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { useRoom } from "../articles/room";
import { suggestionsKey } from "./queries";
import { sentence } from "./sentence";

export type Asking = "reject" | "question" | "withdraw" | "explain";

const LONGEST = 4_000;

type Props = { suggestion: Suggestion; asking: Asking; onClose: () => void };
type Wording = { title: string; label: string; hint: string; send: string };

function wording({ suggestions }: Messages, asking: Asking): Wording {
  switch (asking) {
    case "question":
      return suggestions.ask;
    case "reject":
      return suggestions.refuse;
    case "withdraw":
      return { ...suggestions.refuse, title: suggestions.withdraw, send: suggestions.withdraw };
    case "explain":
      return { title: suggestions.addReason, label: suggestions.reasonLabel, hint: suggestions.reasonPlaceholder, send: suggestions.saveReason };
  }
}

export function ReasonDialog({ suggestion, asking, onClose }: Props): ReactElement {
  const t = useMessages();
  const { desk } = useRoom();
  const [reason, setReason] = useState(asking === "explain" ? (suggestion.reason ?? "") : "");
  const id = useId();
  const words = wording(t, asking);
  const explaining = useExplaining(suggestion, onClose);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (asking === "explain") {
      explaining.mutate(reason.trim() || null);
      return;
    }
    desk.answer(suggestion, asking, reason);
    onClose();
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="dialog-sentence">{sentence(t, suggestion)}</p>
        <div className="field">
          <label htmlFor={id}>{words.label}</label>
          <textarea
            id={id}
            className="input"
            rows={4}
            maxLength={LONGEST}
            value={reason}
            required={asking === "question"}
            aria-describedby={`${id}-hint`}
            onChange={(event) => { setReason(event.target.value); }}
          />
          <p className="hint" id={`${id}-hint`}>
            {words.hint}
          </p>
        </div>
        {explaining.isError && <p className="note bad" role="alert">{problemText(t, explaining.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={explaining.isPending}>
            {words.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function useExplaining(suggestion: Suggestion, onDone: () => void): UseMutationResult<Suggestion, Error, string | null> {
  const { agreement } = useRoom();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string | null) =>
      api.post<Suggestion>(`/agreements/${agreement.id}/suggestions/${suggestion.id}/reason`, { reason }),
    onSuccess: (now) => {
      queries.setQueryData<Suggestion[]>(suggestionsKey(agreement.id), (before = []) =>
        before.map((each) => (each.id === now.id ? now : each)),
      );
      onDone();
    },
  });
}
