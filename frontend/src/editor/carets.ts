/** Where the caret belongs after an edit that the browser made in its own way and the text answers in another. */

import { lengthOf, type Delta } from "../text/delta";
import type { Caret } from "./binding";
import type { Place } from "./positions";
import type { Edits } from "./steps";

/**
 * Read a place of the edited text as a place beside the text before the edits. `old` is where the caret stood: standing
 * before what was deleted means deleting forward, so that it moves on past what is struck instead.
 */
export function caretOf(edits: Edits, head: Place, old: Place | null): Caret {
  const delta = edits.get(head.index) ?? [];
  const { offset, side, back } = traced(delta, head.offset, old?.index === head.index ? old.offset : null);
  return { index: head.index, offset, side, ...(back > 0 ? { back } : {}) };
}

function traced(delta: Delta, target: number, old: number | null): { offset: number; side: -1 | 1; back: number } {
  let [before, after] = [0, 0];
  for (const [i, op] of delta.entries()) {
    const length = lengthOf(op);
    if ("insert" in op) {
      if (target <= after + length) return { offset: before, side: 1, back: after + length - target };
      after += length;
    } else if ("delete" in op) {
      const inserts = delta[i + 1];
      const bare = inserts === undefined || !("insert" in inserts);
      if (bare && target === after && old !== before) return { offset: before, side: -1, back: 0 };
      before += length;
      if (bare && target === after) return { offset: before, side: 1, back: 0 };
    } else {
      if (target < after + length) return { offset: before + target - after, side: 1, back: 0 };
      before += length;
      after += length;
    }
  }
  return { offset: before + target - after, side: 1, back: 0 };
}
