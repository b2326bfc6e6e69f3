/**
 * The truth about saving. “Saved” is said only when the service has committed everything that was written here.
 *
 * The service tells the state vector that it has committed. Written characters advance the clocks in it; a true
 * deletion (of one's own pending text) does not. So a deletion leaves a doubt, which only an answer of the service
 * to a question asked after it takes away: `provider.ts` asks when `asksProof` says so.
 */

export type Saving =
  | { kind: "opening" }
  | { kind: "saved" }
  | { kind: "saving" }
  /** Not connected; `changes` suggestions were touched that the service does not have. */
  | { kind: "offline"; changes: number };

export type Unsaved = {
  /** By Yjs client id, the clock that has to be committed before all is saved. */
  clocks: ReadonlyMap<number, number>;
  /** The suggestions touched since everything was last saved. */
  touched: ReadonlySet<string>;
  /** Deletions whose arrival no state vector shows. */
  doubted: boolean;
};

export const NOTHING_UNSAVED: Unsaved = { clocks: new Map(), touched: new Set(), doubted: false };

/** What one local edit adds. `clocks` is the writer's own part of the state vector after it. */
export type Written = { clocks: ReadonlyMap<number, number>; touched: Iterable<string>; deletes: boolean };

export function wrote(unsaved: Unsaved, written: Written): Unsaved {
  return {
    clocks: new Map([...unsaved.clocks, ...written.clocks]),
    touched: new Set([...unsaved.touched, ...written.touched]),
    // The service takes what one window sends in order, so a clock written later proves every deletion before it.
    doubted: written.clocks.size === 0 && (unsaved.doubted || written.deletes),
  };
}

/** Leave out what the committed state vector covers. */
export function committed(unsaved: Unsaved, saved: ReadonlyMap<number, number>): Unsaved {
  const clocks = new Map([...unsaved.clocks].filter(([client, clock]) => (saved.get(client) ?? 0) < clock));
  return settled({ ...unsaved, clocks });
}

/** The service answered a question that was asked after the last deletion. */
export function proven(unsaved: Unsaved): Unsaved {
  return settled({ ...unsaved, doubted: false });
}

function settled(unsaved: Unsaved): Unsaved {
  return isSaved(unsaved) ? NOTHING_UNSAVED : unsaved;
}

export function isSaved(unsaved: Unsaved): boolean {
  return unsaved.clocks.size === 0 && !unsaved.doubted;
}

/** Whether only the doubt about deletions is left. */
export function asksProof(unsaved: Unsaved): boolean {
  return unsaved.clocks.size === 0 && unsaved.doubted;
}

export function savingOf(unsaved: Unsaved, link: "never" | "live" | "down"): Saving {
  if (link === "never") return { kind: "opening" };
  if (link === "down") return { kind: "offline", changes: isSaved(unsaved) ? 0 : Math.max(1, unsaved.touched.size) };
  return { kind: isSaved(unsaved) ? "saved" : "saving" };
}
