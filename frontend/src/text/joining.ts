/**
 * Which suggestion an edit belongs to: beside the author's own open suggestion it joins that one, else it opens
 * a new one. One edit is one suggestion, so what it deletes and what it inserts stand under one id.
 */

import type { Delta } from "./delta";
import { lengthOf } from "./delta";
import { mintSuggestionId, type PartyKey, type SuggestionId } from "./ids";
import { deletionsOf, insertionsOf, type Layer } from "./marks";
import type { RunReader } from "./runs";
import type { ChangeKind, Suggester } from "./suggest";

export interface Opener {
  readonly party: PartyKey;
  readonly layer?: Layer;
  isMine(id: SuggestionId): boolean;
}

/** The author of one edit: ask it for the suggestion of each change; every change gets the same. */
export function suggesterOf(text: RunReader, delta: Delta, me: Opener, minted: (id: SuggestionId) => void): Suggester {
  let id: SuggestionId | null = null;
  const open = (kind: ChangeKind): SuggestionId => {
    const joined = kind === "format" ? null : adjacent(text, delta, me);
    if (joined !== null) return joined;
    const fresh = mintSuggestionId();
    minted(fresh);
    return fresh;
  };
  return {
    party: me.party,
    layer: me.layer ?? "table",
    suggestionFor: (kind) => (id ??= open(kind)),
    mayUse: (standing) => me.isMine(standing),
  };
}

/** The author's own suggestion that touches a changed stretch or borders on it. */
function adjacent(text: RunReader, delta: Delta, me: Opener): SuggestionId | null {
  let offset = 0;
  for (const op of delta) {
    const end = "insert" in op ? offset : offset + lengthOf(op);
    if (!("retain" in op)) {
      const found = mineIn(text, offset, end, me);
      if (found !== null) return found;
    }
    offset = end;
  }
  return null;
}

function mineIn(text: RunReader, from: number, to: number, me: Opener): SuggestionId | null {
  const around = text.slice(Math.max(0, from - 1), Math.min(text.length, to + 1));
  for (const run of around) {
    const marks = [...insertionsOf(run.attributes), ...deletionsOf(run.attributes)];
    const mine = marks.find((mark) => belongs(mark, me) && me.isMine(mark.id));
    if (mine !== undefined) return mine.id;
  }
  return null;
}

function belongs(mark: { party: PartyKey; draft: boolean }, me: Opener): boolean {
  return me.layer === "caucus" ? mark.draft : !mark.draft && mark.party === me.party;
}

