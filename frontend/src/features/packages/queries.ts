/** Packages and the acts on them; whatever an act changes is read anew. */
import { useMutation, type UseMutationResult, useQuery, type UseQueryResult, useQueryClient } from "@tanstack/react-query";

import { api, everyPage } from "../../api/client";
import type { Package } from "../../api/types";
import { agreementKey } from "../agreements/queries";

export const packagesKey = (agreement: string) => ["agreement", agreement, "packages"] as const;

/** The page is not at the live table: it looks again by itself. */
const LOOK_MS = 5_000;

export type PackageAct = "accept" | "reject" | "question" | "withdraw";

export type Offer = { title: string; suggestions: string[]; reason: string | null; condition: string | null; expires_at: string | null };

export function usePackages(agreement: string): UseQueryResult<Package[]> {
  return useQuery({
    queryKey: packagesKey(agreement),
    queryFn: ({ signal }) => everyPage<Package>(`/agreements/${agreement}/packages`, {}, signal),
    refetchInterval: LOOK_MS,
  });
}

function useRefreshing(agreement: string): () => Promise<void> {
  const queries = useQueryClient();
  return async () => queries.invalidateQueries({ queryKey: agreementKey(agreement) });
}

export function useOffering(agreement: string): UseMutationResult<Package, Error, Offer> {
  const refresh = useRefreshing(agreement);
  return useMutation({
    mutationFn: (offer: Offer) => api.post<Package>(`/agreements/${agreement}/packages`, offer),
    onSettled: refresh,
  });
}

export function useActing(agreement: string, { id, content_hash }: Package): UseMutationResult<Package, Error, { act: PackageAct; reason: string }> {
  const refresh = useRefreshing(agreement);
  const path = `/agreements/${agreement}/packages/${id}`;
  return useMutation({
    mutationFn: ({ act, reason }) =>
      act === "withdraw"
        ? api.post<Package>(`${path}/withdrawal`, { reason })
        : api.post<Package>(`${path}/responses`, { kind: act, content_hash, reason: reason || null }),
    onSettled: refresh,
  });
}
