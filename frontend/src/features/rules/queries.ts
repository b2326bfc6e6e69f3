/** Reading the ground rules, and the two acts on them: proposing a version, signing one. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Clock, GroundRules, Publication, RulesSettings, RulesVersion } from "../../api/types";

export type Rules = Omit<GroundRules, "in_force" | "proposed" | "versions"> & { in_force: RulesVersion; proposed: RulesVersion | null; versions: RulesVersion[] };
export type Proposal = RulesSettings & { further: string; reason: string | null };

export const rulesKey = (agreement: string) => ["agreement", agreement, "rules"] as const;
export const publicationsKey = (agreement: string) => ["agreement", agreement, "publications"] as const;
const LOOK_EVERY_MS = 15_000;

export function useRules(agreement: string): UseQueryResult<Rules> {
  return useQuery({
    queryKey: rulesKey(agreement),
    queryFn: ({ signal }) => api.get<Rules>(`/agreements/${agreement}/ground-rules`, undefined, signal),
    refetchInterval: LOOK_EVERY_MS,
  });
}

export function useClocks(agreement: string, isShown: boolean): UseQueryResult<Clock[]> {
  return useQuery({
    queryKey: ["agreement", agreement, "clocks"],
    queryFn: async ({ signal }) => (await api.get<{ items: Clock[] }>(`/agreements/${agreement}/clocks`, undefined, signal)).items,
    enabled: isShown,
  });
}

export function usePublications(agreement: string): UseQueryResult<Publication[]> {
  return useQuery({
    queryKey: publicationsKey(agreement),
    queryFn: async ({ signal }) => (await api.get<{ items: Publication[] }>(`/agreements/${agreement}/publications`, undefined, signal)).items,
  });
}
