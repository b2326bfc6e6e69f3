/** One answer to several suggestions, and a result for each. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";

import { api } from "../../api/client";
import type { AnswerOutcome, Suggestion } from "../../api/types";
import { type Messages, useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { agreementKey } from "../agreements/queries";
import { useRoom } from "../articles/room";
import { suggestionsKey } from "./queries";
import { sentence } from "./sentence";
import type { Ticks } from "./ticks";

type Kind = "accept" | "reject";
type Result = { suggestion: Suggestion; outcome: AnswerOutcome | undefined };

export function ManyAnswers({ ticks }: { ticks: Ticks }): ReactElement {
  const t = useMessages();
  const [confirming, setConfirming] = useState<Kind | null>(null);
  const { many } = t.suggestions;
  const n = ticks.ticked.length;
  return (
    <div className="many" role="group" aria-label={many.start}>
      <div className="row">
        <span className="fine">{many.ticked(n)}</span>
        <span className="grow" />
        <button type="button" className="button quiet small" onClick={n < ticks.open.length ? ticks.all : ticks.none}>
          {n < ticks.open.length ? many.all : many.none}
        </button>
        <button type="button" className="button quiet small" onClick={ticks.stop}>
          {many.stop}
        </button>
      </div>
      <div className="row">
        <button type="button" className="button small primary" disabled={n === 0} onClick={() => { setConfirming("accept"); }}>
          {many.accept(n)}
        </button>
        <button type="button" className="button small" disabled={n === 0} onClick={() => { setConfirming("reject"); }}>
          {many.reject(n)}
        </button>
      </div>
      {confirming && (
        <ManyDialog
          kind={confirming}
          suggestions={ticks.ticked}
          onClose={(isSent) => {
            setConfirming(null);
            if (isSent) ticks.stop();
          }}
        />
      )}
    </div>
  );
}

type DialogProps = { kind: Kind; suggestions: readonly Suggestion[]; onClose: (isSent: boolean) => void };

function ManyDialog({ kind, suggestions, onClose }: DialogProps): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const queries = useQueryClient();
  // What is answered is what was ticked when the dialog opened, whatever arrives while it is read.
  const [seen] = useState(suggestions);
  const answering = useMutation({
    mutationFn: async (): Promise<Result[]> => {
      const items = seen.map(({ id, content_hash }) => ({ suggestion: id, kind, content_hash }));
      const answer = await api.post<{ items: AnswerOutcome[] }>(`/agreements/${agreement.id}/responses`, { items });
      return seen.map((suggestion, index) => ({ suggestion, outcome: answer.items[index] }));
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: suggestionsKey(agreement.id) });
      await queries.invalidateQueries({ queryKey: agreementKey(agreement.id), exact: true });
    },
  });
  const { many } = t.suggestions;
  const close = (): void => { onClose(answering.isSuccess); };
  return (
    <Dialog title={answering.data ? many.results : many.sending(seen.length)} onClose={close} wide>
      <ol className="many-list">
        {(answering.data ?? seen.map((suggestion): Result => ({ suggestion, outcome: undefined }))).map(({ suggestion, outcome }) => (
          <li key={suggestion.id}>
            <span>
              {sentence(t, suggestion)}
              <span className="soft fine change-by">{agreement.articles.find(({ id }) => id === suggestion.article_id)?.title}</span>
            </span>
            {outcome && <ResultText outcome={outcome} />}
          </li>
        ))}
      </ol>
      {answering.isError && <p className="note bad" role="alert">{problemText(t, answering.error)}</p>}
      <div className="dialog-actions">
        <button type="button" className="button quiet" onClick={close}>
          {answering.data ? t.app.close : t.app.cancel}
        </button>
        {!answering.data && (
          <button type="button" className="button primary" disabled={answering.isPending} onClick={() => { answering.mutate(); }}>
            {kind === "accept" ? many.accept(seen.length) : many.reject(seen.length)}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function resultWords(t: Messages, { status, code, detail }: AnswerOutcome): string {
  if (status) return t.suggestions.many.went[status] ?? status;
  return (code && t.app.errors.byCode[code]) ?? detail ?? t.app.errors.unknown;
}

function ResultText({ outcome }: { outcome: AnswerOutcome }): ReactElement {
  const t = useMessages();
  return (
    <span className={outcome.status ? "result went" : "result"}>
      <Icon name={outcome.status ? "check" : "warning"} size={15} />
      {resultWords(t, outcome)}
    </span>
  );
}
