/** Accepting a part: the pieces to tick, what will stand with them, and what stays open. */
import { useMutation } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useState } from "react";

import { api } from "../../api/client";
import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { useRoom } from "../articles/room";
import { Changed } from "./changed";
import { only, piecesOf } from "./parts";
import { useReread } from "./queries";
import { sentence } from "./sentence";

export function PartDialog({ suggestion, onClose }: { suggestion: Suggestion; onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const words = t.suggestions.parting;
  const pieces = piecesOf(suggestion);
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const reread = useReread();
  const chosen = pieces.filter((_, index) => ticked.has(index));
  const sending = useMutation({
    mutationFn: () =>
      api.post<Suggestion>(`/agreements/${agreement.id}/suggestions/${suggestion.id}/responses`, {
        kind: "accept",
        content_hash: suggestion.content_hash,
        part: { ranges: chosen.flatMap(({ ranges }) => ranges) },
      }),
    onSuccess: () => {
      toast(words.done);
      onClose();
    },
    onSettled: reread,
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.mutate();
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="soft">{words.intro}</p>
        <ul className="pieces">
          {pieces.map((piece, index) => (
            <li key={index}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={ticked.has(index)}
                  onChange={() => { setTicked((before) => toggled(before, index)); }}
                />
                <span>{sentence(t, { changes: piece.changes, before: suggestion.before })}</span>
              </label>
            </li>
          ))}
        </ul>
        <div aria-live="polite">
          <p className="fine soft">
            {chosen.length === 0 ? words.allLeft : chosen.length === pieces.length ? words.allTicked : t.suggestions.calm.willRead}
          </p>
          {chosen.length > 0 && <Changed suggestion={only(suggestion, chosen)} />}
        </div>
        {sending.isError && <p className="note bad" role="alert">{problemText(t, sending.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={chosen.length === 0 || sending.isPending}>
            {words.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function toggled(before: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const after = new Set(before);
  if (!after.delete(index)) after.add(index);
  return after;
}
