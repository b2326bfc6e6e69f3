// Figures and verdicts: percentiles, draining, and the comparison that makes a run count or void.

import { Peer } from "./peer.mjs";
import { typed } from "./typist.mjs";

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Wait until `done()`; false when `limit` milliseconds pass first. */
export async function drained(done, limit = 20_000) {
  const end = performance.now() + limit;
  while (!done()) {
    if (performance.now() > end) return false;
    await sleep(5);
  }
  return true;
}

/** Times each typist's edits at each peer: an edit is known by its author's client id and clock. */
export class Stopwatch {
  constructor() {
    this.sent = new Map();
    this.seen = new Map();
    this.latencies = [];
    this.running = false;
  }

  strike(peer, clock, at) {
    const edits = this.sent.get(peer.doc.clientID) ?? [];
    edits.push({ clock, at });
    this.sent.set(peer.doc.clientID, edits);
  }

  /** An update reached `peer`: every edit below the clocks it carries has arrived. */
  arrive = (peer, meta, now) => {
    const seen = this.seen.get(peer) ?? this.seen.set(peer, new Map()).get(peer);
    for (const [client, clock] of meta) {
      const edits = this.sent.get(client);
      if (edits === undefined || client === peer.doc.clientID) continue;
      let next = seen.get(client) ?? 0;
      while (next < edits.length && edits[next].clock <= clock) {
        if (this.running) this.latencies.push(now - edits[next].at);
        next += 1;
      }
      seen.set(client, next);
    }
  };

  /** Whether every peer has seen every edit of the others. */
  complete(peers) {
    return peers.every((peer) =>
      [...this.sent].every(([client, edits]) => client === peer.doc.clientID || (this.seen.get(peer)?.get(client) ?? 0) === edits.length),
    );
  }
}

/** → null, or why the run is void: something lost, doubled, out of order, or replicas unequal. */
export async function verdict(room, peers, typists) {
  const fresh = await new Peer(room.place(0)).open();
  const replicas = new Set([...peers, fresh].map((peer) => peer.replica()));
  const wrong = typists.filter((typist) => typist.standingIn(fresh.doc) !== typed(typist.count));
  fresh.close();
  const dropped = peers.find((peer) => peer.closed !== null);
  if (dropped) return `a peer was closed: ${dropped.closed.code} ${dropped.closed.reason}`;
  if (replicas.size !== 1) return `${replicas.size} different replicas`;
  if (wrong.length > 0) return `${wrong.length} typists' text lost, doubled or out of order`;
  return null;
}
