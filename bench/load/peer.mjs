// One simulated peer: a socket, a full replica, and the moment each edit of the others reached it.
//
// What arrives is timed and kept at once and integrated later (`settle`), so that the cost of two hundred
// replicas on one core is not mistaken for the server's latency.

import WebSocket from "ws";
import * as Y from "yjs";

import { NOTICE, Reader, SAVED, STEP_1, STEP_2, SYNC, SYNC_REPLY, UPDATE, prefix, sync, token } from "./wire.mjs";

/** Yrs hands an attribute's keys on in any order: the order is no part of what a replica says. */
function inKeyOrder(_key, value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export class Peer {
  /** `place` is {url, name, dialect, headers, articles}; `onUpdate(peer, meta, now)` hears every update that arrives. */
  constructor(place, onUpdate = () => {}) {
    this.place = place;
    this.onUpdate = onUpdate;
    this.doc = new Y.Doc();
    this.head = prefix(place.dialect, place.name);
    this.waiting = [];
    this.notices = [];
    this.saved = new Map();
    this.deliveries = 0;
    this.closed = null;
  }

  /** Resolves when the server's state has arrived and been integrated. */
  async open() {
    await new Promise((resolve, reject) => {
      const options = { perMessageDeflate: false, headers: this.place.headers ?? {} };
      this.socket = new WebSocket(this.place.url, options);
      this.socket.binaryType = "nodebuffer";
      this.synced = resolve;
      this.socket.on("error", reject);
      this.socket.on("close", (code, reason) => {
        this.closed = { code, reason: reason.toString() };
        reject(new Error(`closed ${code} ${reason}`));
      });
      this.socket.on("message", (data) => this.receive(data));
      this.socket.on("open", () => {
        if (this.place.dialect === "hocuspocus") this.socket.send(token(this.head, "bench"));
        this.socket.send(sync(this.head, STEP_1, Y.encodeStateVector(this.doc)));
      });
    });
    await this.awaitArticles();
    return this;
  }

  /** y-websocket answers a cold room with an empty state first; an editor has to wait for the text all the same. */
  async awaitArticles() {
    const { articles = [] } = this.place;
    const end = performance.now() + 5000;
    while (!articles.every((id) => this.doc.getMap("articles").has(id)) && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      this.settle();
    }
  }

  receive(data) {
    const now = performance.now();
    const reader = new Reader(data);
    if (this.place.dialect === "hocuspocus") reader.buffer();
    const type = reader.uint();
    if (type === SYNC || type === SYNC_REPLY) this.receiveSync(reader, now);
    else if (type === SAVED) this.saved = Y.decodeStateVector(reader.buffer());
    else if (type === NOTICE) this.notices.push(reader.string());
  }

  receiveSync(reader, now) {
    const step = reader.uint();
    const payload = reader.buffer();
    if (step === UPDATE) {
      this.deliveries += 1;
      this.waiting.push(Buffer.from(payload));
      this.onUpdate(this, this.clocksOf(payload), now);
    } else if (step === STEP_1) {
      this.settle();
      this.socket.send(sync(this.head, STEP_2, Y.encodeStateAsUpdate(this.doc, payload)));
    } else if (step === STEP_2) {
      this.waiting.push(Buffer.from(payload));
      this.settle();
      this.synced();
    }
  }

  /** The clocks that an update reaches, by client; what can't be read ends the peer and makes the run void. */
  clocksOf(update) {
    try {
      return Y.parseUpdateMeta(update).to;
    } catch (error) {
      this.closed ??= { code: 0, reason: `unreadable update ${Buffer.from(update).toString("hex").slice(0, 200)}: ${error.message}` };
      return new Map();
    }
  }

  /** Integrate what has arrived. */
  settle() {
    if (this.waiting.length === 0) return;
    const updates = this.waiting;
    this.waiting = [];
    Y.applyUpdate(this.doc, updates.length === 1 ? updates[0] : Y.mergeUpdates(updates), "server");
  }

  send(update) {
    this.socket.send(sync(this.head, UPDATE, update));
  }

  /** Make an edit and return the update it was, not yet sent. */
  edit(change) {
    let made = null;
    const keep = (update, origin) => {
      if (origin === "edit") made = update;
    };
    this.doc.on("update", keep);
    this.doc.transact(() => change(this.doc.getMap("articles")), "edit");
    this.doc.off("update", keep);
    return made;
  }

  get clock() {
    return Y.getState(this.doc.store, this.doc.clientID);
  }

  /** The replica as text with its marks, for comparing: article id → delta. */
  replica() {
    this.settle();
    const articles = this.doc.getMap("articles");
    return JSON.stringify([...articles.keys()].sort().map((id) => [id, articles.get(id).toDelta()]), inKeyOrder);
  }

  close() {
    this.socket.removeAllListeners("close");
    this.socket.removeAllListeners("error");
    this.socket.on("error", () => {});
    this.socket.terminate();
  }
}
