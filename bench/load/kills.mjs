// S6: the server is killed while members type; whatever a peer was shown, or told is saved, must still stand.

import * as Y from "yjs";

import { sleep } from "./measure.mjs";
import { Peer } from "./peer.mjs";
import { paragraphs, prepareRooms, returnTo } from "./rooms.mjs";
import { Typist } from "./typist.mjs";

export async function kills(target, { kills: count, rate, writers }, tell) {
  const [room] = await prepareRooms(target, 1, [paragraphs(20)]);
  const total = { shown: 0, lostShown: 0, toldSaved: 0, lostSaved: 0, kills: 0 };
  let where = room;
  for (let kill = 0; kill < count; kill += 1) {
    const round = await typeUntilKilled(where, { rate, writers }, tell);
    where = await returnTo(target, room);
    const fresh = await openWhole(where, round.floor);
    const stored = Y.decodeStateVector(Y.encodeStateVector(fresh.doc));
    for (const [client, { base, shown, saved }] of round.clocks) {
      const held = stored.get(client) ?? 0;
      total.shown += shown - base;
      total.lostShown += Math.max(0, shown - Math.max(held, base));
      total.toldSaved += Math.max(0, saved - base);
      total.lostSaved += Math.max(0, saved - Math.max(held, base));
    }
    fresh.close();
    total.kills += 1;
  }
  return { void: null, ...total };
}

/** y-websocket's first answer to a cold room is empty, and that is not what this row is about: wait for text. */
async function openWhole(room, floor) {
  for (let attempt = 0; ; attempt += 1) {
    const fresh = await new Peer(room.place(0)).open();
    await sleep(300);
    fresh.settle();
    if ((fresh.doc.getMap("articles").get(room.articles[0])?.length ?? 0) >= floor || attempt === 10) return fresh;
    fresh.close();
  }
}

async function typeUntilKilled(room, { rate, writers }, tell) {
  const shown = new Map();
  const note = (peer, meta) => {
    for (const [client, clock] of meta) if (client !== peer.doc.clientID) shown.set(client, Math.max(shown.get(client) ?? 0, clock));
  };
  const peers = [];
  for (let index = 0; index < writers + 1; index += 1) peers.push(await new Peer(room.place(index), note).open());
  const floor = 1;
  const typists = peers.slice(0, writers).map((peer, seat) => new Typist(peer, { article: room.articles[0], party: room.party(seat), seat }));
  const alive = () => peers.every((peer) => peer.closed === null);
  const strokes = typists.map(async (typist) => {
    while (alive()) {
      typist.peer.settle();
      typist.peer.send(typist.strike());
      await sleep(1000 / (rate / writers));
    }
  });
  await tell({ event: "kill", after: 0.5 + Math.random() });
  await Promise.all(strokes);
  const clocks = new Map(
    typists.map(({ peer }) => {
      const saved = Math.max(0, ...peers.map((each) => each.saved.get(peer.doc.clientID) ?? 0));
      return [peer.doc.clientID, { base: 0, shown: shown.get(peer.doc.clientID) ?? 0, saved }];
    }),
  );
  for (const peer of peers) peer.close();
  return { clocks, floor };
}
