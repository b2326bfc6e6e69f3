/** Reading where the parties stand. A page on a projector is looked at for hours, so it looks again by itself. */
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Movements, Positions, Progress } from "../../api/types";

const LOOK_EVERY_MS = 20_000;

export type Since = "day" | "week" | "month" | "begin";
export type Told = "party" | "table" | "members";

const HOURS: Record<Since, number> = { day: 24, week: 168, month: 720, begin: 0 };

export function useProgress(agreement: string): UseQueryResult<Progress> {
  return useQuery({
    queryKey: ["agreement", agreement, "progress"],
    queryFn: ({ signal }) => api.get<Progress>(`/agreements/${agreement}/progress`, undefined, signal),
    refetchInterval: LOOK_EVERY_MS,
  });
}

export function usePositions(agreement: string): UseQueryResult<Positions> {
  return useQuery({
    queryKey: ["agreement", agreement, "positions"],
    queryFn: ({ signal }) => api.get<Positions>(`/agreements/${agreement}/positions`, { detail: "hashes" }, signal),
    refetchInterval: LOOK_EVERY_MS,
  });
}

export function useArticlePositions(agreement: string, article: string, isOpen: boolean, seen: string): UseQueryResult<Positions> {
  return useQuery({
    queryKey: ["agreement", agreement, "positions", article, seen],
    queryFn: ({ signal }) => api.get<Positions>(`/agreements/${agreement}/positions`, { article }, signal),
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

export function useMovements(agreement: string, since: Since, told: Told, began: string): UseQueryResult<Movements> {
  return useQuery({
    queryKey: ["agreement", agreement, "movements", since, told],
    queryFn: ({ signal }) => {
      // Nobody's record begins before the agreement did.
      const from = Math.max(Date.now() - HOURS[since] * 3_600_000, Date.parse(began) + 1000);
      const asked = since === "begin" || from > Date.now() ? {} : { since: new Date(from).toISOString() };
      return api.get<Movements>(`/agreements/${agreement}/movements`, { for: told, ...asked }, signal);
    },
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
}
