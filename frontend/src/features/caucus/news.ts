/** What has just been tabled: found on the table, brought into view, and lit until it is news no longer. */
import { useCallback, useEffect, useMemo, useState } from "react";

import type { EditorHandle, Layer, SuggestionId } from "../../editor";

const NEWS_FOR_MS = 12_000;
const NONE: readonly string[] = [];

type Page = {
  editor: EditorHandle | null;
  layer: Layer;
  byId: ReadonlyMap<string, unknown>;
  select: (id: string | null) => void;
};

export function useNews({ editor, layer, byId, select }: Page): [news: ReadonlySet<string>, show: (ids: readonly string[]) => void] {
  const [ids, setIds] = useState(NONE);
  const [sought, setSought] = useState<string | null>(null);

  const show = useCallback((tabled: readonly string[]) => {
    setIds(tabled);
    setSought(tabled[0] ?? null);
  }, []);
  useEffect(() => {
    if (ids.length === 0) return undefined;
    const timer = setTimeout(() => { setIds(NONE); }, NEWS_FOR_MS);
    return () => { clearTimeout(timer); };
  }, [ids]);
  useEffect(() => {
    editor?.lightSuggestions(layer === "table" ? (ids as readonly SuggestionId[]) : []);
  }, [editor, layer, ids]);
  useEffect(() => {
    if (!editor || layer !== "table" || sought === null || !byId.has(sought)) return;
    select(sought);
    // The first is shown once; from then on the reader goes where the reader likes.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setSought(null);
  }, [editor, layer, byId, select, sought]);

  return [useMemo(() => new Set(ids), [ids]), show];
}
