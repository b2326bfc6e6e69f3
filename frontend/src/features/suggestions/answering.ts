/** Sending answers, and telling what came of each. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { api } from "../../api/client";
import type { Suggestion } from "../../api/types";
import { type Messages, useMessages } from "../../i18n/messages";
import { toast } from "../../ui/toasts";
import { agreementKey } from "../agreements/queries";
import { AnswerDesk, type Deed, type Outcome } from "./answer_desk";
import { suggestionsKey } from "./queries";
import { sentence } from "./sentence";

async function send(agreement: string, { id, content_hash }: Suggestion, deed: Deed, reason: string): Promise<Suggestion> {
  const path = `/agreements/${agreement}/suggestions/${id}`;
  const because = reason.trim() ? { reason: reason.trim() } : {};
  return deed === "withdraw"
    ? api.postAndLeave<Suggestion>(`${path}/withdrawal`, because)
    : api.postAndLeave<Suggestion>(`${path}/responses`, { kind: deed, content_hash, ...because });
}

export function outcomeText(messages: Messages, { seen, deed, now }: Outcome): string {
  const { results } = messages.suggestions;
  const said = sentence(messages, seen);
  switch (deed) {
    case "question":
      return results.asked;
    case "reject":
      return results.rejected(said);
    case "withdraw":
      return results.withdrawn(said);
    case "accept":
      if (now.status !== "accepted") return results.recorded(said);
      return seen.amends ? results.amended(said) : results.accepted(said);
  }
}

/** The desk of this page. What waits on it is sent when the page is left, and also when its window closes. */
export function useAnswerDesk(agreement: string): AnswerDesk {
  const queries = useQueryClient();
  const messages = useMessages();
  const desk = useMemo(
    () => new AnswerDesk((suggestion, deed, reason) => send(agreement, suggestion, deed, reason)),
    [agreement],
  );

  useEffect(
    () =>
      desk.listen((outcome) => {
        toast(outcomeText(messages, outcome));
        queries.setQueryData<Suggestion[]>(suggestionsKey(agreement), (pending = []) =>
          outcome.now.status === "pending"
            ? pending.map((each) => (each.id === outcome.now.id ? outcome.now : each))
            : pending.filter(({ id }) => id !== outcome.now.id),
        );
        void queries.invalidateQueries({ queryKey: agreementKey(agreement) });
      }),
    [desk, agreement, queries, messages],
  );
  useEffect(() => {
    const leave = (): void => { desk.clear(); };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [desk]);
  return desk;
}
