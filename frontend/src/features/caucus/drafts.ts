/** The drafts of the reader's party, and keeping them fresh as the caucus changes. They are asked for in caucus alone. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";

import { everyPage } from "../../api/client";
import type { Suggestion } from "../../api/types";
import type { LiveLayer } from "../../sync";

export type Draft = Pick<
  Suggestion,
  "id" | "article_id" | "author" | "kind" | "version" | "content_hash" | "before" | "after" | "changes" | "reason" | "created_at"
> & { may: string[] };

/** How long the party keeps its caucus; times as RFC 3339. */
export type Retention = {
  keep: "forever" | "until_signature" | "until";
  until: string | null;
  legal_hold: boolean;
  changed_at: string | null;
  changed_by: { id: string; name: string } | null;
  destroyed_at: string | null;
};

export const caucusPath = (agreement: string): string => `/agreements/${agreement}/caucus`;
export const draftPath = (agreement: string, draft: string): string => `${caucusPath(agreement)}/suggestions/${draft}`;
export const draftsKey = (agreement: string) => ["agreement", agreement, "caucus", "suggestions"] as const;

const SETTLED_MS = 350;

export function useDrafts(agreement: string, isInCaucus: boolean): UseQueryResult<Draft[]> {
  return useQuery({
    queryKey: draftsKey(agreement),
    queryFn: ({ signal }) => everyPage<Draft>(`${caucusPath(agreement)}/suggestions`, {}, signal),
    enabled: isInCaucus,
    staleTime: 30_000,
  });
}

/** After the caucus has changed and what was written here is saved, read its drafts again. */
export function useFreshDrafts(agreement: string, caucus: LiveLayer | null): void {
  const queries = useQueryClient();

  useEffect(() => {
    if (!caucus) return undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isStale = false;
    const read = (): void => {
      timer = null;
      if (!isStale || caucus.saving.get().kind !== "saved") return;
      isStale = false;
      void queries.invalidateQueries({ queryKey: draftsKey(agreement) });
    };
    const later = (): void => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(read, SETTLED_MS);
    };
    const stops = [
      caucus.listen(({ kind }) => {
        isStale ||= kind !== "notice";
        later();
      }),
      caucus.saving.watch(later),
    ];
    return () => {
      for (const stop of stops) stop();
      if (timer) clearTimeout(timer);
    };
  }, [agreement, caucus, queries]);
}
