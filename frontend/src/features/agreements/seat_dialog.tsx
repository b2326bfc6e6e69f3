/** Changing one member's place: another role, a move to another party with both sides' yes, or none any more. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import type { Agreement, Role, Seated } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { given } from "../../ui/form_values";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { partyName } from "../articles/room";
import { agreementKey } from "./queries";

type Member = Agreement["members"][number];
type Props = { agreement: Agreement; member: Member; onClose: () => void };
type Wish = { role?: Role; party?: string };

export function SeatDialog({ agreement, member, onClose }: Props): ReactElement {
  const t = useMessages();
  const words = t.sessions.seats;
  const id = useId();
  const queries = useQueryClient();
  const [isRemoving, setIsRemoving] = useState(false);
  const path = `/agreements/${agreement.id}/members/${member.id}`;
  const anew = (): Promise<void> => queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
  const changing = useMutation({
    mutationFn: (wish: Wish) => api.patch<Seated>(path, wish),
    onSuccess: ({ move }) => {
      toast(move ? words.moveAsked(partyName(agreement, move.party)) : words.changed(member.name));
      onClose();
      return anew();
    },
  });
  const removing = useMutation({
    mutationFn: () => api.remove<undefined>(path),
    onSuccess: () => {
      toast(words.removed(member.name));
      onClose();
      return anew();
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [role, party] = [given(form, "role") as Role, given(form, "party")];
    if (party !== member.party) changing.mutate({ party, role });
    else if (role === member.role) onClose();
    else changing.mutate({ role });
  };
  const error = changing.error ?? removing.error;
  if (isRemoving) {
    return (
      <Dialog title={words.removeTitle(member.name)} onClose={onClose}>
        <p>{words.removeBody}</p>
        {error && <p className="note bad" role="alert">{problemText(t, error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" data-first onClick={() => { setIsRemoving(false); }}>
            {t.app.cancel}
          </button>
          <button type="button" className="button primary" disabled={removing.isPending} onClick={() => { removing.mutate(); }}>
            {words.remove}
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={words.title(member.name)} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <div className="field">
          <label htmlFor={`${id}-role`}>{words.role}</label>
          <select className="input" id={`${id}-role`} name="role" defaultValue={member.role}>
            {(["lead", "drafter", "observer"] as const).map((role) => (
              <option key={role} value={role}>
                {t.agreements.roles[role]}: {t.agreements.roleHints[role]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-party`}>{words.party}</label>
          <select className="input" id={`${id}-party`} name="party" defaultValue={member.party} aria-describedby={`${id}-hint`}>
            {agreement.parties.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
          <p className="hint" id={`${id}-hint`}>{words.moveHint}</p>
        </div>
        {error && <p className="note bad" role="alert">{problemText(t, error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet seat-remove" onClick={() => { setIsRemoving(true); }}>
            {words.remove}
          </button>
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={changing.isPending}>
            {words.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
