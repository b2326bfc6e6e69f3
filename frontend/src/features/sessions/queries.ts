/** Reading sessions, and the acts on one; each act leaves the page as the service then tells it. */
import { useMutation, type UseMutationResult, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";

import { api, everyPage } from "../../api/client";
import type { Session } from "../../api/types";

/** Both sides act on one session, and this page has no live table to be told by. */
const LOOK_EVERY_MS = 10_000;

export const sessionsKey = (agreement: string) => ["agreement", agreement, "sessions"] as const;

export function useSessions(agreement: string): UseQueryResult<Session[]> {
  return useQuery({
    queryKey: sessionsKey(agreement),
    queryFn: ({ signal }) => everyPage<Session>(`/agreements/${agreement}/sessions`, {}, signal),
    refetchInterval: LOOK_EVERY_MS,
  });
}

/** One act on the agreement's sessions: what the page shows is read anew, whatever came of it. */
export function useSessionAct<T>(agreement: string, act: (wish: T) => Promise<Session>, onDone?: (session: Session) => void): UseMutationResult<Session, Error, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (session) => onDone?.(session),
    onSettled: () => queries.invalidateQueries({ queryKey: ["agreement", agreement] }),
  });
}

export const pathOf = (agreement: string, session: string, act = ""): string => `/agreements/${agreement}/sessions/${session}${act && `/${act}`}`;

export const post = (path: string, body: unknown): Promise<Session> => api.post<Session>(path, body);
export const put = (path: string, body: unknown): Promise<Session> => api.put<Session>(path, body);
