/** Stopping mail from a link in it, without a login. The link alone stops nothing: machines follow links, too. */
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { api } from "../../api/client";
import { isProblem } from "../../api/problems";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";

export function UnsubscribePage({ token }: { token: string }): ReactElement {
  const t = useMessages();
  const words = t.notices.unsubscribe;
  const stopping = useMutation({ mutationFn: () => api.post(`/unsubscriptions/${encodeURIComponent(token)}`) });
  useTitle(words.title);
  const isUnknown = isProblem(stopping.error) && stopping.error.status === 404;
  return (
    <main className="lone" id="content">
      <h1>{stopping.isSuccess ? words.done : words.title}</h1>
      <p role="status">{stopping.isSuccess ? words.doneBody : words.body}</p>
      {!stopping.isSuccess && (
        <button type="button" className="button primary" disabled={stopping.isPending} onClick={() => { stopping.mutate(); }}>
          {words.stop}
        </button>
      )}
      {stopping.isError && <p className="note bad" role="alert">{isUnknown ? words.unknown : problemText(t, stopping.error)}</p>}
    </main>
  );
}
