// S1, S2, S3: members typing at a human pace; the time from an edit to each other peer.

import { Stopwatch, drained, percentile, sleep, verdict } from "./measure.mjs";
import { Peer } from "./peer.mjs";
import { paragraphs, prepareRooms } from "./rooms.mjs";
import { Typist } from "./typist.mjs";

export async function typing(target, { rooms, clients, writers, rate, seconds }, tell) {
  const prepared = await prepareRooms(target, rooms, [paragraphs(20)]);
  const tables = [];
  for (const room of prepared) tables.push(await seat(room, clients, writers));
  await sleep(500);

  const before = deliveries(tables);
  await tell({ event: "begin" });
  const stop = { now: false };
  const strokes = tables.flatMap(({ typists, stopwatch }) => typists.map((typist) => type(typist, stopwatch, rate, stop)));
  await sleep(1000);
  for (const { stopwatch } of tables) stopwatch.running = true;
  await sleep(seconds * 1000);
  stop.now = true;
  await Promise.all(strokes);
  const complete = await drained(() => tables.every(({ stopwatch, peers }) => stopwatch.complete(peers)));
  await tell({ event: "end" });
  const arrived = deliveries(tables) - before;

  const verdicts = await Promise.all(tables.map(({ room, peers, typists }) => verdict(room, peers, typists)));
  const notices = tables.flatMap(({ peers }) => peers.flatMap((peer) => peer.notices));
  for (const { peers } of tables) for (const peer of peers) peer.close();
  const latencies = tables.flatMap(({ stopwatch }) => stopwatch.latencies);
  return {
    void: complete ? (verdicts.find((each) => each !== null) ?? null) : "not everything arrived",
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    samples: latencies.length,
    edits: tables.flatMap(({ typists }) => typists).reduce((sum, typist) => sum + typist.count, 0),
    deliveries: arrived,
    notices: notices.length,
    notice: notices[0],
  };
}

function deliveries(tables) {
  return tables.flatMap(({ peers }) => peers).reduce((sum, peer) => sum + peer.deliveries, 0);
}

async function seat(room, clients, writers) {
  const stopwatch = new Stopwatch();
  const peers = [];
  for (let index = 0; index < clients; index += 1) peers.push(await new Peer(room.place(index), stopwatch.arrive).open());
  const typists = peers.slice(0, writers).map((peer, index) => new Typist(peer, { article: room.articles[0], party: room.party(index), seat: index }));
  return { room, stopwatch, peers, typists };
}

async function type(typist, stopwatch, rate, stop) {
  while (!stop.now) {
    // Uneven gaps: people do not type in step, and a server that batches by a clock must not gain by it.
    await sleep((1000 / rate) * (0.5 + Math.random()));
    typist.peer.settle();
    const at = performance.now();
    const update = typist.strike();
    stopwatch.strike(typist.peer, typist.peer.clock, at);
    typist.peer.send(update);
  }
}
