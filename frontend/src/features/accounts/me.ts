/** Who is logged in here, or nobody. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";

import { api } from "../../api/client";
import { isProblem } from "../../api/problems";
import type { Account, Me } from "../../api/types";

export const ME = ["me"] as const;

export function useMe(): UseQueryResult<Me | null> {
  return useQuery({
    queryKey: ME,
    staleTime: 60_000,
    queryFn: async () => {
      try {
        return await api.get<Me>("/me");
      } catch (error) {
        if (isProblem(error) && error.status === 401) return null;
        throw error;
      }
    },
  });
}

/** Enter and leave. Leaving forgets everything that was read, so that the next person sees none of it. */
export function useLogin(): {
  logIn: (email: string, password: string) => Promise<void>;
  register: (name: string, email: string, password: string, invitation?: string) => Promise<void>;
  logOut: () => Promise<void>;
} {
  const queries = useQueryClient();
  const enter = async (email: string, password: string): Promise<void> => {
    await api.post<Account>("/login", { email, password });
    queries.clear();
    queries.setQueryData(ME, await api.get<Me>("/me"));
  };
  return {
    logIn: enter,
    register: async (name, email, password, invitation) => {
      await api.post<Account>("/accounts", { name, email, password, ...(invitation && { invitation }) });
      await enter(email, password);
    },
    logOut: async () => {
      await api.remove("/login");
      queries.clear();
      queries.setQueryData(ME, null);
    },
  };
}
