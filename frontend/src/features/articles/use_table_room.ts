/** Puts together what the parts of the agreement page share. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";

import type { Agreement, Suggestion } from "../../api/types";
import type { EditorHandle, EditorView, Layer, SuggestionId } from "../../editor";
import { type LiveLayer, Watched } from "../../sync";
import { type Draft, useDrafts, useFreshDrafts } from "../caucus/drafts";
import { useNews } from "../caucus/news";
import type { Layering } from "../caucus/use_layer";
import { useAnswerDesk } from "../suggestions/answering";
import { filtered, NO_FILTERS } from "../suggestions/filters";
import { isMineToAnswer } from "../suggestions/permission";
import type { Carded } from "../suggestions/placed_cards";
import { useFreshSuggestions, usePendingSuggestions } from "../suggestions/queries";
import type { Layout, TableRoom } from "./room";
import { pageArticles } from "./units";

const NONE: readonly Suggestion[] = [];
const NO_DRAFTS: readonly Draft[] = [];

type Live = { table: LiveLayer | null; caucus: LiveLayer | null };

export function useTableRoom(agreement: Agreement, { table, caucus }: Live, layering: Layering): TableRoom {
  const { layer, mayCaucus, setLayer, keepViewpoint, takeViewpoint } = layering;
  const query = usePendingSuggestions(agreement.id);
  useFreshSuggestions(agreement.id, table);
  const draftsQuery = useDrafts(agreement.id, layer === "caucus");
  useFreshDrafts(agreement.id, caucus);
  const [editor, setEditor] = useState<EditorHandle | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [view, setView] = useState<EditorView>("markup");
  const [filters, setFilters] = useState(NO_FILTERS);
  const [layout] = useState(() => new Watched<Layout>(new Map()));
  const desk = useAnswerDesk(agreement.id);

  const pending = useTextOrder(query.data ?? NONE, agreement, layout);
  const drafts = useTextOrder(layer === "caucus" ? (draftsQuery.data ?? NO_DRAFTS) : NO_DRAFTS, agreement, layout);
  const draftsById = useMemo(() => new Map(drafts.map((draft) => [draft.id, draft])), [drafts]);
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

  const [news, showNews] = useNews({ editor, layer, byId, select });
  const switchLayer = useCallback(
    (to: Layer) => {
      keepViewpoint(editor);
      setSelected(null);
      setLayer(to);
    },
    [editor, keepViewpoint, setLayer],
  );
  const live = layer === "caucus" ? caucus : table;
  useEffect(() => {
    caucus?.attend(layer === "caucus");
  }, [caucus, layer]);

  return useMemo(
    () => ({
      agreement, table, live, layer, mayCaucus, setLayer: switchLayer, takeViewpoint, drafts, draftsById, news, showNews, shown, pending, byId, isMine, filters, setFilters, selected, select, view, setView,
      editor, setEditor, layout, desk, isLoading: query.isPending,
    }),
    [agreement, table, live, layer, mayCaucus, switchLayer, takeViewpoint, drafts, draftsById, news, showNews, shown, pending, byId, isMine, filters, selected, select, view, editor, layout, desk, query.isPending],
  );
}

/** By article, then as they stand in the text; what is not on the page keeps the order of its arrival. */
function useTextOrder<T extends Carded>(suggestions: readonly T[], agreement: Agreement, layout: Watched<Layout>): readonly T[] {
  const order = useSyncExternalStore(layout.watch, () => orderOf(layout.get()));
  return useMemo(() => {
    const places = new Map(order.split("\n").map((id, index) => [id, index]));
    const articles = new Map(pageArticles(agreement).map(({ id }, index) => [id, index]));
    // What is about an article as a whole has no place in its text, and comes before all that has.
    const place = ({ id, structure }: T): number => places.get(id) ?? (structure ? -1 : Number.MAX_SAFE_INTEGER);
    const article = ({ article_id }: T): number => articles.get(article_id) ?? 0;
    return [...suggestions].sort((one, other) => article(one) - article(other) || place(one) - place(other));
  }, [suggestions, agreement, order]);
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
