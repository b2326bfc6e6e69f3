// Many pending suggestions on one table, each an insertion in its own place, made by one honest member.

import { drained, sleep } from "./measure.mjs";
import { Peer } from "./peer.mjs";

const IN_FLIGHT = 64;

export async function suggest(room, count) {
  const writer = await new Peer(room.place(0)).open();
  const map = writer.doc.getMap("articles");
  const updates = [];
  for (let index = 0; index < count; index += 1) {
    const article = room.articles[index % room.articles.length];
    const offset = spot(map.get(article).toString(), Math.floor(index / room.articles.length));
    const mark = { ins: { id: `pending-${index}`, party: room.party(0) } };
    updates.push({ update: writer.edit((articles) => articles.get(article).insert(offset, ` (and ${index})`, mark)), clock: writer.clock });
  }
  const flow = { sent: 0, shown: 0 };
  const push = () => {
    while (flow.sent < updates.length && flow.sent - flow.shown < IN_FLIGHT) writer.send(updates[flow.sent++].update);
  };
  const reader = await new Peer(room.place(1), (_peer, meta) => {
    const clock = meta.get(writer.doc.clientID) ?? 0;
    while (flow.shown < flow.sent && updates[flow.shown].clock <= clock) flow.shown += 1;
    push();
  }).open();
  push();
  if (!(await drained(() => flow.shown === updates.length, 120_000))) throw new Error(`only ${flow.shown} of ${count} suggestions arrived: ${writer.notices[0]}`);
  reader.close();
  await sleep(200);
  return writer;
}

/** The end of the `nth` paragraph, counting around. */
function spot(text, nth) {
  const lines = text.split("\n");
  return lines.slice(0, (nth % (lines.length - 1)) + 1).join("\n").length;
}

/** Every page of the pending suggestions, as the member sees them. */
export async function allSuggestions(account, room) {
  const items = [];
  let cursor = "";
  do {
    const page = await account.call("GET", `/agreements/${room.agreement.id}/suggestions?status=pending${cursor}`);
    items.push(...page.items);
    cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : "";
  } while (cursor);
  return items;
}
