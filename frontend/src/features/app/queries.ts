/** The one query client, and how a refusal ends a query: never retried when the service has said no. */
import { QueryClient } from "@tanstack/react-query";

import { isProblem } from "../../api/problems";

const RETRIES = 2;

export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < RETRIES && (!isProblem(error) || error.status === 0 || error.status >= 500),
      },
      mutations: { retry: false },
    },
  });
}
