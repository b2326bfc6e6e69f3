/** What the parts of the agreement page share: the agreement, the live table, the suggestions, and what is selected. */
import { createContext, useContext } from "react";

import type { Agreement, Suggestion } from "../../api/types";
import type { EditorHandle, EditorView, SuggestionPosition } from "../../editor";
import type { Table, Watched } from "../../sync";
import type { AnswerDesk } from "../suggestions/answer_desk";
import type { Filters } from "../suggestions/filters";

export type Layout = ReadonlyMap<string, SuggestionPosition>;

export type TableRoom = {
  agreement: Agreement;
  table: Table | null;
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
