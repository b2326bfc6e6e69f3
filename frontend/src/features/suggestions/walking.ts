/** Going from one suggestion to the next, in the order of the text and within the filters. */
import { useCallback } from "react";

import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { announce } from "../../ui/toasts";
import { partyName, useRoom } from "../articles/room";
import { sentence } from "./sentence";

export function useWalk(): { next: () => void; previous: () => void; nextToAnswer: () => void } {
  const t = useMessages();
  const { agreement, shown, pending, selected, select, isMine } = useRoom();

  const go = useCallback(
    (list: readonly Suggestion[], step: 1 | -1) => {
      const at = list.findIndex(({ id }) => id === selected);
      const index = at === -1 ? (step === 1 ? 0 : list.length - 1) : (at + step + list.length) % list.length;
      const target = list[index];
      if (!target) return;
      select(target.id);
      announce(`${partyName(agreement, target.party)}: ${sentence(t, target)}`);
    },
    [agreement, selected, select, t],
  );

  return {
    next: useCallback(() => { go(shown, 1); }, [go, shown]),
    previous: useCallback(() => { go(shown, -1); }, [go, shown]),
    nextToAnswer: useCallback(() => {
      // From the selected one onwards: cut the list behind it, so that the walk goes round.
      const at = pending.findIndex(({ id }) => id === selected);
      const round = [...pending.slice(at + 1), ...pending.slice(0, at + 1)];
      const target = round.find(isMine);
      if (target) go([target], 1);
    }, [go, pending, selected, isMine]),
  };
}
