/** Going from one suggestion to the next, in the order of the text and within the filters. */
import { useCallback } from "react";

import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { announce } from "../../ui/toasts";
import { partyName, useRoom } from "../articles/room";
import { sentence } from "./sentence";

/** A suggestion, or a draft, which has no party but the reader's own. */
type Walked = Pick<Suggestion, "id" | "changes" | "before"> & { party?: string };

export function useWalk(): { next: () => void; previous: () => void; nextToAnswer: () => void } {
  const t = useMessages();
  const { agreement, shown, pending, selected, select, isMine, layer, drafts } = useRoom();
  // In caucus one walks through what is being drafted; what lies on the table is walked through at the table.
  const walked: readonly Walked[] = layer === "caucus" ? drafts : shown;

  const go = useCallback(
    (list: readonly Walked[], step: 1 | -1) => {
      const at = list.findIndex(({ id }) => id === selected);
      const index = at === -1 ? (step === 1 ? 0 : list.length - 1) : (at + step + list.length) % list.length;
      const target = list[index];
      if (!target) return;
      select(target.id);
      announce(`${target.party === undefined ? t.caucus.draft : partyName(agreement, target.party)}: ${sentence(t, target)}`);
    },
    [agreement, selected, select, t],
  );

  return {
    next: useCallback(() => { go(walked, 1); }, [go, walked]),
    previous: useCallback(() => { go(walked, -1); }, [go, walked]),
    nextToAnswer: useCallback(() => {
      // From the selected one onwards: cut the list behind it, so that the walk goes round.
      const at = pending.findIndex(({ id }) => id === selected);
      const round = [...pending.slice(at + 1), ...pending.slice(0, at + 1)];
      const target = round.find(isMine);
      if (target) go([target], 1);
    }, [go, pending, selected, isMine]),
  };
}
