/** Reading and doing what a mediator and the parties do with one another. */
import { useMutation, type UseMutationResult, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Mediation, MediationProposal, SealedNote } from "../../api/types";

const LOOK_EVERY_MS = 10_000;

const base = (agreement: string): string => `/agreements/${agreement}/mediation`;
const keyOf = (agreement: string) => ["agreement", agreement, "mediation"] as const;

type Listed<T> = { items: T[]; next: string | null };

function useReadAgain<T>(agreement: string, part: readonly string[], path: string): UseQueryResult<T> {
  return useQuery({
    queryKey: [...keyOf(agreement), ...part],
    queryFn: ({ signal }) => api.get<T>(base(agreement) + path, { ...(part.length > 0 && { limit: 100 }) }, signal),
    refetchInterval: LOOK_EVERY_MS,
  });
}

export const useMediation = (agreement: string): UseQueryResult<Mediation> => useReadAgain(agreement, [], "");
export const useNotes = (agreement: string, party: string): UseQueryResult<Listed<SealedNote>> =>
  useReadAgain(agreement, ["notes", party], `/notes/${party}`);
export const useProposals = (agreement: string): UseQueryResult<Listed<MediationProposal>> =>
  useReadAgain(agreement, ["proposals"], "/proposals");

/** Do something in the mediation, and read all of it anew. */
export function useDoing<Wish, Answer = unknown>(
  agreement: string,
  act: (path: string, wish: Wish) => Promise<Answer>,
): UseMutationResult<Answer, Error, Wish> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => act(base(agreement), wish),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(agreement) }),
  });
}
