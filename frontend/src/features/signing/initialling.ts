/** Initials under an article, and opening it again: what stands, what the reader may do, and doing it. */
import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Agreement, Article } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { toast } from "../../ui/toasts";
import { agreementKey } from "../agreements/queries";
import { pendingIn } from "../articles/standing";

/** The parties whose initials hold: they stand under the very text that is agreed now. */
export function initialledBy({ initials, content_hash }: Article): string[] {
  return Object.entries(initials).flatMap(([party, initial]) => (initial.content_hash === content_hash ? [party] : []));
}

export type InitialActs = { initial: boolean; reopen: boolean };

export function initialActs({ me, parties }: Agreement, article: Article): InitialActs {
  const signs = parties.some(({ key, signatory }) => key === me.party && signatory);
  const isClosed = article.standing === "tentative";
  return {
    initial: signs && me.may.includes("initial") && !isClosed && !initialledBy(article).includes(me.party),
    reopen: signs && me.may.includes("reopen") && isClosed && !article.reopening.includes(me.party),
  };
}

/** Worth telling of: something was agreed in it, or the other side has initialled it already. */
export function isReadyToInitial(agreement: Agreement, article: Article): boolean {
  const isDue = article.standing === "open" || initialledBy(article).length > 0;
  return isDue && initialActs(agreement, article).initial && pendingIn(article) === 0;
}

export type InitialDeed = "initial" | "reopen";
type Standing = { standing: Article["standing"] };

/** `seen` is the article as the reader saw it; initials go under that text and no newer one. */
export function useInitialling(agreement: Agreement, onDone: () => void): UseMutationResult<Standing, Error, { deed: InitialDeed; seen: Article }> {
  const queries = useQueryClient();
  const { initial: words } = useMessages().record;
  return useMutation({
    mutationFn: ({ deed, seen }) => {
      const path = `/agreements/${agreement.id}/articles/${seen.id}/initials`;
      return deed === "initial" ? api.post<Standing>(path, { content_hash: seen.content_hash }) : api.remove<Standing>(path);
    },
    onSuccess: async ({ standing }, { deed, seen }) => {
      const isClosed = standing === "tentative";
      if (deed === "initial") toast(isClosed ? words.tentative(seen.title) : words.done(seen.title));
      else toast(isClosed ? words.reopenAsked : words.reopened(seen.title));
      onDone();
      await queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
    },
    onError: () => queries.invalidateQueries({ queryKey: agreementKey(agreement.id) }),
  });
}
