// Rooms to type in: on a peer server a document of Parley's shape, on Parley a confirmed agreement.

import * as Y from "yjs";

import { Peer } from "./peer.mjs";

export const PARTIES = ["union", "district"];
const SENTENCE = "The parties shall meet within ten working days of a written request by either of them";

/** `count` paragraphs of about `words` words; each is distinct, so that a lost one shows. */
export function paragraphs(count, words = 15) {
  return Array.from({ length: count }, (_, index) => {
    const body = Array.from({ length: words }, (_word, at) => SENTENCE.split(" ")[at % 16]).join(" ");
    return `${body} (${index + 1}).`;
  });
}

/** `count` articles of `each` paragraphs. */
export function articlesOf(count, each, words = 15) {
  const all = paragraphs(count * each, words);
  return Array.from({ length: count }, (_, index) => all.slice(index * each, (index + 1) * each));
}

/** `body` is a list of articles, each a list of paragraphs → [{place(seat), articles, party(seat)}], one a room. */
export async function prepareRooms(target, count, body, known) {
  if (target.dialect === "parley") {
    const { prepareAgreements } = await import("./agreements.mjs");
    return prepareAgreements(target, count, body, known);
  }
  return Promise.all(Array.from({ length: count }, (_, index) => seedRoom(target, `room-${index}`, body)));
}

/** The same room after the server was started anew; on Parley its members log in again. */
export async function returnTo(target, room) {
  if (target.dialect !== "parley") return room;
  const [again] = await prepareRooms(target, 1, [], [room.agreement]);
  return again;
}

async function seedRoom(target, name, body) {
  const empty = { url: `${target.socket}/${name}`, name, dialect: target.dialect };
  const articles = body.map((_, index) => `article-${index + 1}`);
  const room = { place: () => ({ ...empty, articles }), articles, party: (seat) => PARTIES[seat % 2] };
  const texts = body.map((lines) => `${lines.join("\n")}\n`);
  const peer = await new Peer(empty).open();
  const update = peer.edit((map) => {
    for (const [index, id] of articles.entries()) {
      const text = new Y.Text();
      map.set(id, text);
      text.insert(0, texts[index]);
    }
  });
  peer.send(update);
  await awaitSeed(room, texts);
  peer.close();
  return room;
}

/** A second peer that finds the text proves that the server holds it. */
async function awaitSeed(room, texts) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const peer = await new Peer(room.place()).open();
    const found = room.articles.map((id) => peer.doc.getMap("articles").get(id)?.toString());
    peer.close();
    if (found.every((text, index) => text === texts[index])) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the seeded text never arrived");
}
