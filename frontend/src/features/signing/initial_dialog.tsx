/** Before initials: the agreed text that they go under, as the service holds it at that very hash. */
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { api } from "../../api/client";
import { isProblem } from "../../api/problems";
import type { AgreementText, Article } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { Waiting } from "../../ui/waiting";
import { Reading } from "../articles/reading";
import { useRoom } from "../articles/room";
import { type InitialDeed, useInitialling } from "./initialling";

type Props = { article: Article; deed: InitialDeed; onClose: () => void };

export function InitialDialog({ article, deed, onClose }: Props): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const words = t.record.initial;
  const initialling = useInitialling(agreement, onClose);
  const text = useQuery({
    queryKey: ["agreement", agreement.id, "text", article.id, article.content_hash],
    queryFn: ({ signal }) =>
      api.get<AgreementText>(`/agreements/${agreement.id}/text`, { view: "agreed", article: article.id }, signal),
    staleTime: 0,
  });
  const seen = text.data ? { ...article, content_hash: text.data.content_hash } : null;
  const isOpening = deed === "reopen";
  return (
    <Dialog title={isOpening ? words.reopenTitle(article.title) : words.title(article.title)} onClose={onClose} wide>
      <p className="soft">{isOpening ? words.reopenBody : words.body}</p>
      {!isOpening && (
        <div className="read-through" role="region" aria-label={words.dialogText}>
          {text.isPending && <Waiting />}
          {text.isError && <p className="note bad">{problemText(t, text.error)}</p>}
          {text.data && <Reading articles={text.data.articles} />}
        </div>
      )}
      {initialling.isError && (
        <p className="note bad" role="alert">
          {problemText(t, initialling.error)}
        </p>
      )}
      <div className="dialog-actions">
        <button type="button" className="button quiet" onClick={onClose}>
          {t.app.cancel}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={!seen || initialling.isPending}
          onClick={() => {
            if (isProblem(initialling.error, "stale_content")) void text.refetch();
            if (seen) initialling.mutate({ deed, seen });
          }}
        >
          {isOpening ? (article.reopening.length > 0 ? words.agreeReopen : words.reopen) : words.confirm}
        </button>
      </div>
    </Dialog>
  );
}
