/** The threads that the reader may know of: the table's, told by the room when they grow, and its party's own. */
import { useMutation, type UseMutationResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { api, everyPage } from "../../api/client";
import type { Thread } from "../../api/types";
import { useRoom } from "../articles/room";

export const threadsKey = (agreement: string) => ["agreement", agreement, "threads"] as const;

/** Nobody at the table is told of a party's own threads, so a member of the party looks by itself. */
const LOOK_EVERY_MS = 15_000;

export type Place = { suggestion?: string; draft?: string; article?: string; start?: string; end?: string; quote?: string };
export type Scope = Thread["scope"];

const NONE: readonly Thread[] = [];

/** Every thread that is not resolved, oldest first. */
export function useThreads(): readonly Thread[] {
  const { agreement } = useRoom();
  const threads = useQuery({
    queryKey: threadsKey(agreement.id),
    queryFn: ({ signal }) => everyPage<Thread>(`/agreements/${agreement.id}/threads`, { resolved: "false" }, signal),
    refetchInterval: LOOK_EVERY_MS,
    staleTime: 5_000,
  });
  return threads.data ?? NONE;
}

export function useResolvedThreads(isAsked: boolean): readonly Thread[] {
  const { agreement } = useRoom();
  const threads = useQuery({
    queryKey: [...threadsKey(agreement.id), "resolved"],
    queryFn: ({ signal }) => everyPage<Thread>(`/agreements/${agreement.id}/threads`, { resolved: "true" }, signal),
    enabled: isAsked,
  });
  return threads.data ?? NONE;
}

/** The threads about one suggestion or draft. */
export function useThreadsOn(on: Place): readonly Thread[] {
  const threads = useThreads();
  const { suggestion, draft } = on;
  return useMemo(
    () => threads.filter((thread) => (suggestion !== undefined && thread.on.suggestion === suggestion) || (draft !== undefined && thread.on.draft === draft)),
    [threads, suggestion, draft],
  );
}

export type Speech =
  | { kind: "open"; scope: Scope; on: Place; text: string }
  | { kind: "reply"; thread: string; text: string }
  | { kind: "reword"; thread: string; post: string; text: string }
  | { kind: "resolve" | "reopen"; thread: string };

function say(agreement: string, speech: Speech): Promise<Thread> {
  const path = `/agreements/${agreement}/threads`;
  switch (speech.kind) {
    case "open":
      return api.post<Thread>(path, { scope: speech.scope, on: speech.on, text: speech.text });
    case "reply":
      return api.post<Thread>(`${path}/${speech.thread}/replies`, { text: speech.text });
    case "reword":
      return api.put<Thread>(`${path}/${speech.thread}/posts/${speech.post}`, { text: speech.text });
    case "resolve":
      return api.post<Thread>(`${path}/${speech.thread}/resolution`);
    case "reopen":
      return api.remove<Thread>(`${path}/${speech.thread}/resolution`);
  }
}

export function useSpeaking(onDone?: (thread: Thread) => void): UseMutationResult<Thread, Error, Speech> {
  const { agreement } = useRoom();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (speech: Speech) => say(agreement.id, speech),
    onSuccess: (thread) => { onDone?.(thread); },
    onSettled: () => queries.invalidateQueries({ queryKey: threadsKey(agreement.id) }),
  });
}
