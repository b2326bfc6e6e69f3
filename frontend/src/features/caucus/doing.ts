/** What the reader is about to do in caucus. It is kept above the cards, which come and go as one scrolls or turns a phone. */
import { createContext, useContext } from "react";

import type { Draft } from "./drafts";

export type Doing =
  /** `first` is the draft whose card it was opened from. */
  | { kind: "table"; first?: string }
  | { kind: "retention" }
  | { kind: "explain" | "withdraw"; draft: Draft };

export const DoingContext = createContext<(doing: Doing) => void>(() => undefined);

export const useDoing = (): ((doing: Doing) => void) => useContext(DoingContext);
