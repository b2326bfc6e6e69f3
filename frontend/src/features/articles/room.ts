/** What the parts of the agreement page share: the agreement, the live table, the suggestions, and what is selected. */
import { createContext, useContext } from "react";

import type { Agreement, Suggestion } from "../../api/types";
import type { EditorHandle, EditorView, Layer, SuggestionPosition, Viewpoint } from "../../editor";
import type { LiveLayer, Watched } from "../../sync";
import type { Draft } from "../caucus/drafts";
import type { AnswerDesk } from "../suggestions/answer_desk";
import type { Filters } from "../suggestions/filters";

export type Layout = ReadonlyMap<string, SuggestionPosition>;

export type TableRoom = {
  agreement: Agreement;
  table: LiveLayer | null;
  /** The live layer that the page shows: the table, or the reader's caucus. */
  live: LiveLayer | null;
  layer: Layer;
  mayCaucus: boolean;
  setLayer: (layer: Layer) => void;
  /** What was in sight when the layer was changed; taken once, by the page that shows the other. */
  takeViewpoint: () => Viewpoint | null;
  /** The drafts of the reader's party in the order of the text; none at the table. */
  drafts: readonly Draft[];
  draftsById: ReadonlyMap<string, Draft>;
  /** Suggestions that the reader has just brought to the table; lit for a while. */
  news: ReadonlySet<string>;
  showNews: (ids: readonly string[]) => void;
  /** Pending suggestions in the order of the text, as the filters leave them. */
  shown: readonly Suggestion[];
  /** All pending suggestions. */
  pending: readonly Suggestion[];
  byId: ReadonlyMap<string, Suggestion>;
  isLoading: boolean;
  isMine: (suggestion: Suggestion) => boolean;
  filters: Filters;
  setFilters: (filters: Filters) => void;
  selected: string | null;
  select: (id: string | null, options?: { scroll?: boolean }) => void;
  view: EditorView;
  setView: (view: EditorView) => void;
  editor: EditorHandle | null;
  setEditor: (editor: EditorHandle | null) => void;
  layout: Watched<Layout>;
  desk: AnswerDesk;
};

export const RoomContext = createContext<TableRoom | null>(null);

export function useRoom(): TableRoom {
  const room = useContext(RoomContext);
  if (!room) throw new Error("The room is read outside the agreement page.");
  return room;
}

/** The place of a party in the agreement's order, which decides its shape and hue. */
export function partyIndex(agreement: Agreement, key: string): number {
  return Math.max(0, agreement.parties.findIndex((party) => party.key === key));
}

export function partyName(agreement: Agreement, key: string): string {
  return agreement.parties.find((party) => party.key === key)?.name ?? key;
}
