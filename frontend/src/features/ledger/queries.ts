/** Reading the ledger, newest page first, and noticing acts that change no text. */
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { api } from "../../api/client";
import type { LedgerPage } from "../../api/types";
import type { LiveLayer } from "../../sync";
import { agreementKey } from "../agreements/queries";
import { suggestionsKey } from "../suggestions/queries";
import { threadsKey } from "../threads/queries";

const PAGE = 60;
/** For whoever has no live table to be told by. */
const LOOK_EVERY_MS = 10_000;
/** The table tells when something was recorded; looking by oneself is for the case that its word was lost. */
const LOOK_BEHIND_TABLE_MS = 60_000;
/** Acts that the live text does not show by itself. */
const SILENT = /^(?:suggestion\.(?:questioned|accepted|explained|countered|split)|article\.|package\.|agreement\.|member\.|session\.|minutes\.|ground_rules\.|publication\.|reconvening\.)/;

/** What is suggested of articles as a whole, and what became of it, need not touch the text either. */
function isSilent({ kind, payload }: LedgerPage["items"][number]): boolean {
  const content = payload["content"];
  return SILENT.test(kind) || "structure" in payload || (typeof content === "object" && content !== null && "structure" in content);
}

const tailKey = (agreement: string) => ["agreement", agreement, "tail"] as const;

function read(agreement: string, after: number, limit: number, signal?: AbortSignal): Promise<LedgerPage> {
  return api.get<LedgerPage>(`/agreements/${agreement}/ledger`, { after, limit }, signal);
}

/** The page that ends at `before` (the newest entry where that is unknown), oldest entry first. */
async function readBack(agreement: string, before: number | null, signal: AbortSignal): Promise<LedgerPage> {
  const end = before ?? (await read(agreement, 0, 1, signal)).head.seq;
  const after = Math.max(0, end - PAGE);
  return read(agreement, after, Math.max(1, end - after), signal);
}

export function useHistory(agreement: string): UseInfiniteQueryResult<InfiniteData<LedgerPage, number | null>> {
  return useInfiniteQuery({
    queryKey: ["agreement", agreement, "ledger"],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => readBack(agreement, pageParam, signal),
    getNextPageParam: ({ items }) => {
      const first = items[0]?.seq ?? 1;
      return first > 1 ? first - 1 : undefined;
    },
  });
}

/** Look, when told and now and then, whether anything was recorded that the text does not show; read that anew. */
export function useLedgerTail(agreement: string, table: LiveLayer | null): void {
  const queries = useQueryClient();
  const known = useRef<number | null>(null);
  const tail = useQuery({
    queryKey: tailKey(agreement),
    queryFn: ({ signal }) => read(agreement, known.current ?? 2 ** 40, 100, signal),
    refetchInterval: table ? LOOK_BEHIND_TABLE_MS : LOOK_EVERY_MS,
    staleTime: 0,
  });

  useEffect(
    () =>
      table?.listen((event) => {
        if (event.kind === "recorded") void queries.invalidateQueries({ queryKey: tailKey(agreement) });
      }),
    [table, agreement, queries],
  );

  useEffect(() => {
    if (!tail.data) return;
    const { items, head } = tail.data;
    const news = known.current !== null && items.some(isSilent);
    if (known.current !== null && items.some(({ kind }) => kind.startsWith("thread."))) {
      void queries.invalidateQueries({ queryKey: threadsKey(agreement) });
    }
    known.current = head.seq;
    if (!news) return;
    void queries.invalidateQueries({ queryKey: agreementKey(agreement), exact: true });
    void queries.invalidateQueries({ queryKey: suggestionsKey(agreement) });
  }, [tail.data, agreement, queries]);
}
