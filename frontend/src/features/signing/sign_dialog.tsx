/** Signing: the statement, one's name, and the fingerprint of exactly what is signed. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, type ReactElement, useId, useState } from "react";

import { api } from "../../api/client";
import type { Stage } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { agreementKey } from "../agreements/queries";
import { partyName, useRoom } from "../articles/room";
import { Fingerprint } from "./fingerprint";

export function SignDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const { sign: words } = t.record;
  const queries = useQueryClient();
  const id = useId();
  // The hash that is shown when the dialog opens is the one that is signed; a text that moves is refused.
  const [seen] = useState(agreement.content_hash);
  const [name, setName] = useState("");
  const [statement, setStatement] = useState(words.defaultStatement(agreement.title, partyName(agreement, agreement.me.party)));
  const signing = useMutation({
    mutationFn: () => api.post<{ status: Stage }>(`/agreements/${agreement.id}/signatures`, { content_hash: seen, name: name.trim(), statement: statement.trim() }),
    onSuccess: async ({ status }) => {
      toast(status === "signed" ? words.doneAll : words.done);
      onClose();
      await queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    signing.mutate();
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <div className="field">
          <label htmlFor={id}>{words.statement}</label>
          <textarea id={id} className="input statement" rows={3} required maxLength={4_000} value={statement} onChange={(event) => { setStatement(event.target.value); }} />
        </div>
        <Field data-first label={words.name} hint={words.nameHint} value={name} required maxLength={200} autoComplete="name" onChange={(event) => { setName(event.target.value); }} />
        <Fingerprint label={words.hash} hint={words.hashHint} hash={seen} />
        {signing.isError && (
          <p className="note bad" role="alert">
            {problemText(t, signing.error)}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={signing.isPending || !name.trim()}>
            {words.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
