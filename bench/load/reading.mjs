// N8: a very long agreement with many pending suggestions, read over HTTP while it is being typed into.

import { percentile, sleep } from "./measure.mjs";
import { suggest } from "./pending.mjs";
import { articlesOf, prepareRooms } from "./rooms.mjs";
import { Typist } from "./typist.mjs";

const ARTICLES = 40;
const PARAGRAPH = 50;
const READS = 20;

export async function reading(target, { words, suggestions }, tell) {
  const each = words / ARTICLES / PARAGRAPH;
  const [room] = await prepareRooms(target, 1, articlesOf(ARTICLES, each, PARAGRAPH));
  const writer = await suggest(room, suggestions);
  const typist = new Typist(writer, { article: room.articles[0], party: room.party(0), seat: 3 });
  const lead = room.accounts[1];
  const base = `/agreements/${room.agreement.id}`;

  await tell({ event: "begin" });
  const text = await timed(typist, () => lead.call("GET", `${base}/text?view=agreed`));
  const markup = await timed(typist, () => lead.call("GET", `${base}/text?view=markup`));
  const list = await timed(typist, () => lead.call("GET", `${base}/suggestions?status=pending`));
  await tell({ event: "end" });

  const count = JSON.stringify(text.last).split(/\s+/).length;
  const problem =
    (count < words * 0.95 && `only ${count} words were read`) ||
    (list.last.items.length === 0 && "no suggestions were listed") ||
    (writer.closed && `the writer was closed: ${writer.closed.code}`) ||
    null;
  return { void: problem, text_ms: text.middle, markup_ms: markup.middle, suggestions_ms: list.middle, page: list.last.items.length };
}

/** The median of reads, each after a keystroke: what is kept from the read before must not be all that is measured. */
async function timed(typist, read) {
  const times = [];
  let last = null;
  for (let index = 0; index < READS; index += 1) {
    typist.peer.settle();
    typist.peer.send(typist.strike());
    await sleep(30);
    const start = performance.now();
    last = await read();
    times.push(performance.now() - start);
  }
  return { middle: percentile(times, 0.5), last };
}
