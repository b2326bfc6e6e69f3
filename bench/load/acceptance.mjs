// N7: one call accepts every pending suggestion; the time until the answer and until the last of the peers shows it.

import { drained, sleep } from "./measure.mjs";
import { Peer } from "./peer.mjs";
import { allSuggestions, suggest } from "./pending.mjs";
import { articlesOf, prepareRooms } from "./rooms.mjs";

export async function acceptance(target, { suggestions: count, peers: screens }, tell) {
  const [room] = await prepareRooms(target, 1, articlesOf(40, 25));
  const writer = await suggest(room, count);
  const arrivals = { last: 0, frames: 0 };
  const peers = [];
  for (let index = 0; index < screens; index += 1) {
    const peer = new Peer(room.place(index), (_peer, _meta, now) => {
      arrivals.last = now;
      arrivals.frames += 1;
    });
    peers.push(await peer.open());
  }
  const lead = room.accounts[1];
  const items = (await allSuggestions(lead, room)).map(({ id, content_hash }) => ({ suggestion: id, kind: "accept", content_hash }));

  await tell({ event: "begin" });
  const start = performance.now();
  const answer = await lead.call("POST", `/agreements/${room.agreement.id}/responses`, { items });
  const answered = performance.now() - start;
  const arrived = await drained(() => peers.every((peer) => peer.deliveries > 0), 20_000);
  await sleep(500);
  await tell({ event: "end" });

  const accepted = answer.items.filter((item) => item.status === "accepted").length;
  const replicas = new Set([...peers, writer, await new Peer(room.place(0)).open()].map((peer) => peer.replica()));
  const pending = [...replicas].some((replica) => replica.includes('"ins"'));
  for (const peer of peers) peer.close();
  const problem =
    (accepted !== count && `${accepted} of ${count} accepted: ${JSON.stringify(answer.items.find((item) => item.status !== "accepted"))}`) ||
    (!arrived && "not every screen was told") ||
    (replicas.size !== 1 && `${replicas.size} different replicas`) ||
    (pending && "an accepted suggestion is still marked") ||
    null;
  return { void: problem, answered_ms: answered, screens_ms: arrivals.last - start, frames: arrivals.frames / screens, items: items.length };
}
