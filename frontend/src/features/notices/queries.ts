/** Reading what one was told, and saying that it was read. */
import {
  type InfiniteData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useEffect } from "react";

import { api } from "../../api/client";
import type { NoticePage } from "../../api/types";
import type { LiveLayer } from "../../sync";

const NOTICES = ["notices"] as const;
const LOOK_EVERY_MS = 20_000;
const LATEST = 8;

export function useLatest(): UseQueryResult<NoticePage> {
  return useQuery({
    queryKey: [...NOTICES, "latest"],
    queryFn: ({ signal }) => api.get<NoticePage>("/notices", { limit: LATEST }, signal),
    refetchInterval: LOOK_EVERY_MS,
    refetchOnWindowFocus: true,
  });
}

export function useNotices(agreement: string | null, unread: boolean): UseInfiniteQueryResult<InfiniteData<NoticePage, string | null>> {
  return useInfiniteQuery({
    queryKey: [...NOTICES, "pages", agreement, unread],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<NoticePage>(
        agreement === null ? "/notices" : `/agreements/${agreement}/notices`,
        { limit: 30, unread: String(unread), cursor: pageParam ?? undefined },
        signal,
      ),
    getNextPageParam: ({ next }) => next,
  });
}

/** Mark some read by their ids, or with an agreement (null: every one) all of it. */
export type Reading = { ids: string[] } | { all: true; agreement_id?: string };

export function useReading(): UseMutationResult<unknown, Error, Reading> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (which: Reading) => api.post("/notices/read", which),
    onSettled: () => queries.invalidateQueries({ queryKey: NOTICES }),
  });
}

/** Look at once when the table tells that something was recorded; the service then tells it before it answers. */
export function useNewsOf(agreement: string | null, live: LiveLayer | null): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (agreement === null) return undefined;
    return live?.listen((event) => {
      if (event.kind !== "recorded") return;
      void api.get<NoticePage>(`/agreements/${agreement}/notices`, { limit: 1 }).then(() => queries.invalidateQueries({ queryKey: NOTICES }));
    });
  }, [agreement, live, queries]);
}
