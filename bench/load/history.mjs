// S5: a long history written, the server stopped and started, and the time until a first peer holds all of it.

import * as Y from "yjs";

import { drained, percentile, sleep } from "./measure.mjs";
import { Peer } from "./peer.mjs";
import { articlesOf, prepareRooms, returnTo } from "./rooms.mjs";

const ARTICLES = 25;
const SUGGESTIONS_EACH = 20;
const IN_FLIGHT = 256;
const OPENINGS = 3;

/** A seeded generator: the same history for every server. */
function lottery(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Where each suggestion starts: at the end of a paragraph of its own. */
function anchorsIn(peer, room) {
  return room.articles.flatMap((article, at) => {
    const text = peer.doc.getMap("articles").get(article);
    let offset = -1;
    return text.toString().split("\n").slice(0, SUGGESTIONS_EACH).map((line, index) => {
      offset += line.length + 1;
      const mark = { ins: { id: `history-${at}-${index}`, party: room.party(0) } };
      return { article, mark, length: 0, anchor: Y.createRelativePositionFromTypeIndex(text, offset, -1) };
    });
  });
}

/** `count` one-character updates in short bursts, each at a random place within one of 500 suggestions. */
function write(peer, room, count) {
  const draw = lottery(20_26);
  const suggestions = anchorsIn(peer, room);
  const updates = [];
  while (updates.length < count) {
    const suggestion = suggestions[draw(suggestions.length)];
    const { article, mark, anchor } = suggestion;
    const start = Y.createAbsolutePositionFromRelativePosition(anchor, peer.doc).index + draw(suggestion.length + 1);
    const burst = Math.min(1 + draw(20), count - updates.length);
    for (let at = 0; at < burst; at += 1) {
      const letter = "abcdefgh"[at % 8];
      const update = peer.edit((articles) => articles.get(article).insert(start + at, letter, mark));
      updates.push({ update, clock: peer.clock });
    }
    suggestion.length += burst;
  }
  return updates;
}

export async function history(target, { updates: count }, tell) {
  const [room] = await prepareRooms(target, 1, articlesOf(ARTICLES, SUGGESTIONS_EACH, 12));
  const writer = await new Peer(room.place(0)).open();
  const made = write(writer, room, count);
  const flow = { sent: 0, shown: 0 };
  const push = () => {
    while (flow.sent < made.length && flow.sent - flow.shown < IN_FLIGHT) writer.send(made[flow.sent++].update);
  };
  const reader = await new Peer(room.place(1), (_peer, meta) => {
    const clock = meta.get(writer.doc.clientID) ?? 0;
    while (flow.shown < flow.sent && made[flow.shown].clock <= clock) flow.shown += 1;
    push();
  }).open();
  push();
  if (!(await drained(() => flow.shown === made.length || writer.closed !== null, 600_000))) throw new Error("the history was not taken in time");
  if (writer.closed !== null) throw new Error(`the writer was closed: ${JSON.stringify(writer.closed)}`);
  const expected = writer.replica();
  for (const peer of [writer, reader]) peer.close();
  // Hocuspocus stores two seconds after the last edit; all get the time.
  await sleep(4000);

  const openings = [];
  for (let opening = 0; opening < OPENINGS; opening += 1) openings.push(await open(target, room, expected, tell));
  const failed = openings.filter((each) => each.milliseconds === null).length;
  const middle = (figure) => percentile(openings.map((each) => each[figure]), 0.5);
  return {
    void: failed === 0 ? null : `the history did not come back whole in ${failed} of ${OPENINGS} openings`,
    milliseconds: middle("milliseconds"),
    firstAnswer: middle("firstAnswer"),
    firstAnswersIncomplete: openings.filter((each) => !each.whole).length,
  };
}

/** One cold opening: milliseconds until the first answer, and until the whole history stands in the replica. */
async function open(target, room, expected, tell) {
  await tell({ event: "restart" });
  const again = await returnTo(target, room);
  await tell({ event: "begin" });
  const start = performance.now();
  const opener = await new Peer({ ...again.place(0), articles: [] }).open();
  const firstAnswer = performance.now() - start;
  const whole = opener.doc.store.clients.size > 0 && opener.replica() === expected;
  const complete = whole || (await drained(() => opener.replica() === expected, 30_000));
  const milliseconds = whole ? firstAnswer : performance.now() - start;
  await tell({ event: "end" });
  opener.close();
  return { firstAnswer, whole, milliseconds: complete ? milliseconds : null };
}
