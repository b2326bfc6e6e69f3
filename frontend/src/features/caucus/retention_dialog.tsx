/** How long the party keeps its caucus; a lead's to decide, and known to the party alone. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import { onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { Waiting } from "../../ui/waiting";
import { partyName, useRoom } from "../articles/room";
import { caucusPath, type Retention } from "./drafts";

const KEEPS = ["forever", "until_signature", "until"] as const;

export function RetentionDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const decided = useQuery({
    queryKey: ["agreement", agreement.id, "caucus", "retention"],
    queryFn: ({ signal }) => api.get<Retention>(`${caucusPath(agreement.id)}/retention`, {}, signal),
    staleTime: 0,
  });
  return (
    <Dialog title={t.caucus.retention.title} onClose={onClose}>
      {decided.isPending && <Waiting />}
      {decided.isError && <p className="note bad">{problemText(t, decided.error)}</p>}
      {decided.data && <RetentionForm decided={decided.data} onClose={onClose} />}
    </Dialog>
  );
}

/** The local day of a moment, as a date field writes it. */
function dayOf(moment: string | null): string {
  if (moment === null) return "";
  const at = new Date(moment);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function RetentionForm({ decided, onClose }: { decided: Retention; onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const queries = useQueryClient();
  const id = useId();
  const [keep, setKeep] = useState(decided.keep);
  const [day, setDay] = useState(dayOf(decided.until));
  const [isHeld, setIsHeld] = useState(decided.legal_hold);
  const words = t.caucus.retention;
  const saving = useMutation({
    mutationFn: () => {
      const until = keep === "until" ? new Date(`${day}T00:00`).toISOString() : null;
      return api.put<Retention>(`${caucusPath(agreement.id)}/retention`, { keep, until, legal_hold: isHeld });
    },
    onSuccess: (now) => {
      queries.setQueryData(["agreement", agreement.id, "caucus", "retention"], now);
      toast(words.saved);
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p className="soft">{words.intro(partyName(agreement, agreement.me.party))}</p>
      <fieldset className="keeps">
        <legend className="visually-hidden">{words.title}</legend>
        {KEEPS.map((each) => (
          <label key={each} className="tick">
            <input type="radio" name="keep" value={each} checked={keep === each} onChange={() => { setKeep(each); }} />
            <span>{words.keep[each]}</span>
          </label>
        ))}
      </fieldset>
      {keep === "until" && (
        <div className="field">
          <label htmlFor={id}>{words.date}</label>
          <input id={id} type="date" className="input" required value={day} aria-describedby={`${id}-hint`} onChange={(event) => { setDay(event.target.value); }} />
          <p className="hint" id={`${id}-hint`}>
            {words.dateHint}
          </p>
        </div>
      )}
      <label className="tick">
        <input type="checkbox" checked={isHeld} onChange={(event) => { setIsHeld(event.target.checked); }} aria-describedby={`${id}-hold`} />
        <span>
          {words.hold}
          <span className="hint change-by" id={`${id}-hold`}>
            {words.holdHint}
          </span>
        </span>
      </label>
      {keep !== "forever" && !isHeld && <p className="note warn">{words.warning}</p>}
      <History decided={decided} />
      {saving.isError && <p className="note bad" role="alert">{problemText(t, saving.error)}</p>}
      <div className="dialog-actions">
        <button type="button" className="button quiet" onClick={onClose}>
          {t.app.cancel}
        </button>
        <button type="submit" className="button primary" disabled={saving.isPending}>
          {words.save}
        </button>
      </div>
    </form>
  );
}

function History({ decided: { changed_at, changed_by, destroyed_at } }: { decided: Retention }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.caucus.retention;
  return (
    <>
      {destroyed_at !== null && <p className="soft fine">{words.destroyed(onDay(locale, destroyed_at))}</p>}
      {changed_at !== null && changed_by !== null && <p className="soft fine">{words.changed(changed_by.name, onDay(locale, changed_at))}</p>}
    </>
  );
}
