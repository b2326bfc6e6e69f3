/**
 * The life of the connection to a table, as a pure state machine: a state, an event, the next state.
 * Who opens sockets and sets clocks is `provider.ts`; here is only what follows from what.
 */

/** Why the service will not talk to us, so that trying again is pointless. */
export type Refusal = "unauthenticated" | "not_permitted" | "not_found" | "refused";

export type Connection =
  | { kind: "connecting"; attempt: number }
  /** The socket is open and the first exchange is under way. */
  | { kind: "opening"; attempt: number }
  | { kind: "live" }
  | { kind: "waiting"; attempt: number; delay_ms: number; until: number }
  /** The service asked for a fresh start: what stands here must be thrown away and fetched anew. */
  | { kind: "outdated" }
  | { kind: "refused"; because: Refusal }
  | { kind: "closed" };

export type ConnectionEvent =
  | { kind: "opened" }
  | { kind: "synced" }
  | { kind: "lost"; code: number; now: number; chance: number }
  | { kind: "due" }
  | { kind: "left" };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;

const REFUSALS: Record<number, Refusal | undefined> = {
  4401: "unauthenticated",
  4403: "not_permitted",
  4404: "not_found",
};
/** The service threw away what we sent (protocol), or holds another truth than ours (signed or stale). */
const FRESH_START = new Set([4400, 4409]);

/** Doubling delays, spread by `chance` (0 to 1) so that a room does not come back all at once. */
export function delayBefore(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
  return Math.round(full * (0.5 + chance / 2));
}

function lost(state: Connection, event: { code: number; now: number; chance: number }): Connection {
  const refusal = REFUSALS[event.code];
  if (refusal) return { kind: "refused", because: refusal };
  if (FRESH_START.has(event.code)) return { kind: "outdated" };

  const attempt = "attempt" in state ? state.attempt + 1 : 0;
  const delay_ms = delayBefore(attempt, event.chance);
  return { kind: "waiting", attempt, delay_ms, until: event.now + delay_ms };
}

export function next(state: Connection, event: ConnectionEvent): Connection {
  if (state.kind === "closed" || state.kind === "refused" || state.kind === "outdated") {
    return event.kind === "left" ? { kind: "closed" } : state;
  }
  switch (event.kind) {
    case "left":
      return { kind: "closed" };
    case "opened":
      return state.kind === "connecting" ? { kind: "opening", attempt: state.attempt } : state;
    case "synced":
      return state.kind === "opening" ? { kind: "live" } : state;
    case "lost":
      return state.kind === "waiting" ? state : lost(state, event);
    case "due":
      return state.kind === "waiting" ? { kind: "connecting", attempt: state.attempt } : state;
  }
}
