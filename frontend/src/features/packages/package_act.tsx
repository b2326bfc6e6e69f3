/** The words that go with an act on a package, and what it means, before it is done. */
import type { UseMutationResult } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { isProblem } from "../../api/problems";
import type { Package } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import type { PackageAct } from "./queries";

const LONGEST = 4_000;

type Acting = UseMutationResult<Package, Error, { act: PackageAct; reason: string }>;
type Props = { offered: Package; act: PackageAct; acting: Acting; onClose: () => void };

export function PackageActDialog({ offered, act, acting, onClose }: Props): ReactElement {
  const t = useMessages();
  const words = t.packages;
  const [reason, setReason] = useState("");
  const id = useId();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    acting.mutate(
      { act, reason: reason.trim() },
      {
        onSuccess: onClose,
        onError: (error) => {
          // The card shows the package as it stands now, and says that it moved.
          if (isProblem(error) && error.code === "stale_package") onClose();
        },
      },
    );
  };
  return (
    <Dialog title={words[act]} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="dialog-sentence">{offered.title}</p>
        <p>{act === "accept" ? words.confirm.accept(offered.parts.length) : words.confirm[act]}</p>
        <div className="field">
          <label htmlFor={id}>{act === "question" ? words.questionLabel : words.reason}</label>
          <textarea
            id={id}
            className="input"
            rows={3}
            maxLength={LONGEST}
            required={act === "question" || act === "withdraw"}
            value={reason}
            onChange={(event) => { setReason(event.target.value); }}
          />
        </div>
        {acting.isError && <p className="note bad" role="alert">{problemText(t, acting.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={acting.isPending}>
            {words[act]}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
