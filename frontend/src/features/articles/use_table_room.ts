/** Puts together what the parts of the agreement page share. */
import { useCallback, useMemo, useState, useSyncExternalStore } from "react";

import type { Agreement, Suggestion } from "../../api/types";
import type { EditorHandle, EditorView, SuggestionId } from "../../editor";
import { type Table, Watched } from "../../sync";
import { useAnswerDesk } from "../suggestions/answering";
import { filtered, NO_FILTERS } from "../suggestions/filters";
import { isMineToAnswer } from "../suggestions/permission";
import { useFreshSuggestions, usePendingSuggestions } from "../suggestions/queries";
import type { Layout, TableRoom } from "./room";

const NONE: readonly Suggestion[] = [];

export function useTableRoom(agreement: Agreement, table: Table | null): TableRoom {
  const query = usePendingSuggestions(agreement.id);
  useFreshSuggestions(agreement.id, table);
  const [editor, setEditor] = useState<EditorHandle | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [view, setView] = useState<EditorView>("markup");
  const [filters, setFilters] = useState(NO_FILTERS);
  const [layout] = useState(() => new Watched<Layout>(new Map()));
  const desk = useAnswerDesk(agreement.id);

  const pending = useTextOrder(query.data ?? NONE, agreement, layout);
  const byId = useMemo(() => new Map(pending.map((suggestion) => [suggestion.id, suggestion])), [pending]);
  const isMine = useCallback(
    (suggestion: Suggestion) => isMineToAnswer(agreement, suggestion),
    [agreement],
  );
  const shown = useMemo(() => filtered(pending, filters, isMine), [pending, filters, isMine]);
  const select = useCallback(
    (id: string | null, options: { scroll?: boolean } = {}) => {
      setSelected(id);
      const scroll = options.scroll ?? true;
      if (editor) editor.focusSuggestion(id as SuggestionId | null, { scroll });
      else if (id && scroll) document.querySelector(`[data-suggestion="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
    },
    [editor],
  );

  return useMemo(
    () => ({
      agreement, table, shown, pending, byId, isMine, filters, setFilters, selected, select, view, setView,
      editor, setEditor, layout, desk, isLoading: query.isPending,
    }),
    [agreement, table, shown, pending, byId, isMine, filters, selected, select, view, editor, layout, desk, query.isPending],
  );
}

/** By article, then as they stand in the text; what is not on the page keeps the order of its arrival. */
function useTextOrder(suggestions: readonly Suggestion[], agreement: Agreement, layout: Watched<Layout>): readonly Suggestion[] {
  const order = useSyncExternalStore(layout.watch, () => orderOf(layout.get()));
  return useMemo(() => {
    const places = new Map(order.split("\n").map((id, index) => [id, index]));
    const articles = new Map(agreement.articles.map(({ id, position }) => [id, position]));
    const place = ({ id }: Suggestion): number => places.get(id) ?? Number.MAX_SAFE_INTEGER;
    const article = ({ article_id }: Suggestion): number => articles.get(article_id) ?? 0;
    return [...suggestions].sort((one, other) => article(one) - article(other) || place(one) - place(other));
  }, [suggestions, agreement.articles, order]);
}

const orders = new WeakMap<Layout, string>();

/** The ids in text order as one string: it changes only when the order does, not with every pixel. */
function orderOf(layout: Layout): string {
  let order = orders.get(layout);
  if (order === undefined) {
    order = [...layout.keys()].join("\n");
    orders.set(layout, order);
  }
  return order;
}
