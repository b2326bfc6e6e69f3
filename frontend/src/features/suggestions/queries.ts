/** The pending suggestions, and keeping them fresh as the text changes, one article at a time. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";

import { everyPage } from "../../api/client";
import type { Suggestion } from "../../api/types";
import type { LiveLayer } from "../../sync";
import { agreementKey } from "../agreements/queries";
import { useRoom } from "../articles/room";

export const suggestionsKey = (agreement: string) => ["agreement", agreement, "suggestions"] as const;

const SETTLED_MS = 350;
const MANY_ARTICLES = 4;

export function usePendingSuggestions(agreement: string): UseQueryResult<Suggestion[]> {
  return useQuery({
    queryKey: suggestionsKey(agreement),
    queryFn: ({ signal }) => everyPage<Suggestion>(`/agreements/${agreement}/suggestions`, { status: "pending" }, signal),
    staleTime: 30_000,
  });
}

/** After the text has changed and what was written here is saved, read again what the changed articles hold. */
export function useFreshSuggestions(agreement: string, table: LiveLayer | null): void {
  const queries = useQueryClient();

  useEffect(() => {
    if (!table) return undefined;
    const changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | null = null;

    const read = async (): Promise<void> => {
      timer = null;
      if (changed.size === 0 || table.saving.get().kind !== "saved") return;
      const articles = [...changed];
      changed.clear();
      void queries.invalidateQueries({ queryKey: agreementKey(agreement), exact: true });
      const key = suggestionsKey(agreement);
      if (articles.length >= MANY_ARTICLES || !queries.getQueryData(key)) {
        await queries.invalidateQueries({ queryKey: key });
        return;
      }
      await queries.cancelQueries({ queryKey: key });
      const path = `/agreements/${agreement}/suggestions`;
      const read = await Promise.all(articles.map((article) => everyPage<Suggestion>(path, { status: "pending", article })));
      queries.setQueryData<Suggestion[]>(key, (before = []) => [
        ...before.filter(({ article_id }) => !articles.includes(article_id)),
        ...read.flat(),
      ]);
    };
    const later = (): void => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => {
        read().catch(() => queries.invalidateQueries({ queryKey: suggestionsKey(agreement) }));
      }, SETTLED_MS);
    };
    const stops = [
      table.listen((event) => {
        if (event.kind === "text") changed.add(event.article);
        if (event.kind !== "restored") later();
      }),
      table.saving.watch(later),
    ];
    return () => {
      for (const stop of stops) stop();
      if (timer) clearTimeout(timer);
    };
  }, [agreement, table, queries]);
}

/** Read the pending suggestions anew, whatever came of an act on them. */
export function useReread(): () => Promise<void> {
  const queries = useQueryClient();
  const { agreement } = useRoom();
  return async () => {
    await queries.invalidateQueries({ queryKey: suggestionsKey(agreement.id) });
    await queries.invalidateQueries({ queryKey: agreementKey(agreement.id), exact: true });
  };
}
