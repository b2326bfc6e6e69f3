/** Reading agreements, and the address of each in the cache. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { api, everyPage } from "../../api/client";
import type { Agreement, AgreementSummary, AgreementText } from "../../api/types";

export const agreementKey = (id: string) => ["agreement", id] as const;
export const textKey = (id: string) => ["agreement", id, "text"] as const;
export const AGREEMENTS = ["agreements"] as const;

export function useAgreements(): UseQueryResult<AgreementSummary[]> {
  return useQuery({
    queryKey: AGREEMENTS,
    queryFn: ({ signal }) => everyPage<AgreementSummary>("/agreements", {}, signal),
  });
}

export function useAgreement(id: string): UseQueryResult<Agreement> {
  return useQuery({
    queryKey: agreementKey(id),
    queryFn: ({ signal }) => api.get<Agreement>(`/agreements/${encodeURIComponent(id)}`, undefined, signal),
  });
}

/** The agreed text as the service holds it; for readers who are not at the live table. */
export function useAgreedText(id: string): UseQueryResult<AgreementText> {
  return useQuery({
    queryKey: textKey(id),
    queryFn: ({ signal }) =>
      api.get<AgreementText>(`/agreements/${encodeURIComponent(id)}/text`, { view: "agreed" }, signal),
  });
}
