/** Choosing several suggestions to answer at once. */
import { useMemo, useState } from "react";

import type { Suggestion } from "../../api/types";

export type Ticks = {
  isOn: boolean;
  /** What can be ticked: shown, and the reader's to answer. */
  open: readonly Suggestion[];
  ticked: readonly Suggestion[];
  start: () => void;
  stop: () => void;
  all: () => void;
  none: () => void;
  /** How a card shows its tick; null where it has none. */
  of: (suggestion: Suggestion) => { isTicked: boolean; toggle: () => void } | null;
};

export function useTicks(shown: readonly Suggestion[]): Ticks {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);

  return useMemo(() => {
    const open = shown.filter(({ may }) => may.includes("accept"));
    return {
      isOn: chosen !== null,
      open,
      ticked: open.filter(({ id }) => chosen?.has(id)),
      start: () => { setChosen(new Set()); },
      stop: () => { setChosen(null); },
      all: () => { setChosen(new Set(open.map(({ id }) => id))); },
      none: () => { setChosen(new Set()); },
      of: ({ id, may }) => {
        if (chosen === null || !may.includes("accept")) return null;
        const toggle = (): void => {
          const next = new Set(chosen);
          if (!next.delete(id)) next.add(id);
          setChosen(next);
        };
        return { isTicked: chosen.has(id), toggle };
      },
    };
  }, [shown, chosen]);
}
