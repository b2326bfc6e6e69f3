// S4: one writer with 64 updates in flight. The updates are made beforehand, so that the client is not the limit.

import { drained, sleep, verdict } from "./measure.mjs";
import { Peer } from "./peer.mjs";
import { paragraphs, prepareRooms } from "./rooms.mjs";
import { Typist } from "./typist.mjs";

const IN_FLIGHT = 64;

export async function flood(target, { updates }, tell) {
  const [room] = await prepareRooms(target, 1, [paragraphs(20)]);
  const writer = await new Peer(room.place(0)).open();
  const typist = new Typist(writer, { article: room.articles[0], party: room.party(0), seat: 0 });
  const made = Array.from({ length: updates }, () => ({ update: typist.strike(), clock: writer.clock }));

  const flow = { sent: 0, shown: 0 };
  const push = () => {
    while (flow.sent < made.length && flow.sent - flow.shown < IN_FLIGHT) writer.send(made[flow.sent++].update);
  };
  const reader = await new Peer(room.place(1), (_peer, meta) => {
    const clock = meta.get(writer.doc.clientID) ?? 0;
    while (flow.shown < flow.sent && made[flow.shown].clock <= clock) flow.shown += 1;
    push();
  }).open();
  await sleep(300);

  await tell({ event: "begin" });
  const start = performance.now();
  push();
  const complete = await drained(() => flow.shown === made.length || writer.closed !== null, 120_000);
  const seconds = (performance.now() - start) / 1000;
  await tell({ event: "end" });

  const reason = complete && writer.closed === null ? await verdict(room, [writer, reader], [typist]) : `stopped at ${flow.shown}: ${JSON.stringify(writer.closed)}`;
  const notices = writer.notices;
  for (const peer of [writer, reader]) peer.close();
  return { void: reason, perSecond: flow.shown / seconds, updates: flow.shown, frames: reader.deliveries, notices: notices.length, notice: notices[0] };
}
