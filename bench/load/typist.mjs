// A member typing one suggestion, as an honest client does: every character carries the suggestion's mark.

import * as Y from "yjs";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** The text a typist has written after `count` characters: what must stand in every replica, in this order. */
export function typed(count) {
  let whole = "";
  for (let index = 0; index < count; index += 1) whole += LETTERS[index % LETTERS.length];
  return whole;
}

export class Typist {
  /** `seat` sets which paragraph this member types at the end of. */
  constructor(peer, { article, party, seat }) {
    this.peer = peer;
    this.article = article;
    this.mark = { ins: { id: `bench-${peer.doc.clientID.toString(36)}-${seat}`, party } };
    this.seat = seat;
    this.count = 0;
    this.place = null;
  }

  get text() {
    return this.peer.doc.getMap("articles").get(this.article);
  }

  /** Type one character after the last one and return the update. */
  strike() {
    const index = this.place === null ? this.start() : Y.createAbsolutePositionFromRelativePosition(this.place, this.peer.doc).index;
    const letter = LETTERS[this.count % LETTERS.length];
    const update = this.peer.edit((articles) => articles.get(this.article).insert(index, letter, this.mark));
    this.count += 1;
    this.place = Y.createRelativePositionFromTypeIndex(this.text, index + 1, -1);
    return update;
  }

  /** The end of this seat's paragraph, before its line break. */
  start() {
    const lines = this.text.toString().split("\n");
    const line = this.seat % (lines.length - 1);
    return lines.slice(0, line + 1).join("\n").length;
  }

  /** What this typist's suggestion reads in another replica. */
  standingIn(doc) {
    return doc
      .getMap("articles")
      .get(this.article)
      .toDelta()
      .filter((run) => run.attributes?.ins?.id === this.mark.ins.id)
      .map((run) => run.insert)
      .join("");
  }
}
