/**
 * Keeps one Yjs document the same as the service's over a socket: the standard sync and awareness protocols, with
 * the service's notices and its word on what is saved. It comes back by itself, and never gives up typing for it.
 */
import { type Awareness, removeAwarenessStates } from "y-protocols/awareness";
import type { Doc } from "yjs";

import { type Connection, type ConnectionEvent, next } from "./connection";
import { Watched } from "./watched";
import { awarenessFrame, type Notice, receive, syncStep1, updateFrame } from "./wire";

export type Hooks = {
  /** The first exchange is over: what the service had is here, and what was here is on its way. */
  synced(): void;
  /** The service answered a question that was asked by `askProof`. */
  proven(): void;
  saved(clocks: ReadonlyMap<number, number>): void;
  notice(notice: Notice): void;
};

export class Provider {
  readonly state = new Watched<Connection>({ kind: "connecting", attempt: 0 });
  readonly #address: string;
  readonly #doc: Doc;
  readonly #awareness: Awareness;
  readonly #hooks: Hooks;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked = 0;
  #answered = false;

  constructor(address: string, doc: Doc, awareness: Awareness, hooks: Hooks) {
    this.#address = address;
    this.#doc = doc;
    this.#awareness = awareness;
    this.#hooks = hooks;
    doc.on("update", this.#relay);
    awareness.on("update", this.#relayPresence);
    window.addEventListener("online", this.retry);
    document.addEventListener("visibilitychange", this.#seen);
    this.#connect();
  }

  /** Come back now instead of when the wait is over. */
  readonly retry = (): void => {
    this.#happened({ kind: "due" });
  };

  /**
   * Ask for anything that lacks here: the answer proves that all sent before has been committed. Nothing is asked
   * while the first exchange is under way, because what was written offline goes out with it.
   */
  askProof(): void {
    if (!this.#answered || this.state.get().kind !== "live") return;
    this.#asked += 1;
    this.#send(syncStep1(this.#doc));
  }

  /** Break a link that has gone silent; the next one starts at once. */
  breakOff(): void {
    this.#socket?.close();
    this.#lost(1006);
    this.retry();
  }

  leave(): void {
    this.#happened({ kind: "left" });
    window.removeEventListener("online", this.retry);
    document.removeEventListener("visibilitychange", this.#seen);
    this.#doc.off("update", this.#relay);
    this.#awareness.off("update", this.#relayPresence);
    if (this.#timer) clearTimeout(this.#timer);
    this.#socket?.close(1000);
    this.#socket = null;
  }

  /** Whoever comes back to the window need not sit out a long wait. */
  readonly #seen = (): void => {
    if (document.visibilityState === "visible") this.retry();
  };

  readonly #relay = (update: Uint8Array, origin: unknown): void => {
    if (origin !== this) this.#send(updateFrame(update));
  };

  readonly #relayPresence = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    const own = [...added, ...updated, ...removed].filter((client) => client === this.#doc.clientID);
    if (origin !== this && own.length > 0) this.#send(awarenessFrame(this.#awareness, own));
  };

  #send(frame: Uint8Array): void {
    const { kind } = this.state.get();
    const socket = this.#socket;
    if (socket?.readyState === WebSocket.OPEN && (kind === "opening" || kind === "live")) {
      socket.send(frame);
    }
  }

  #happened(event: ConnectionEvent): void {
    const state = next(this.state.get(), event);
    if (state === this.state.get()) return;
    this.state.set(state);
    if (this.#timer) clearTimeout(this.#timer);
    if (state.kind === "waiting") this.#timer = setTimeout(this.retry, state.delay_ms);
    if (state.kind === "connecting") this.#connect();
  }

  #connect(): void {
    const socket = new WebSocket(this.#address);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#asked = 0;
    this.#answered = false;
    socket.onopen = () => {
      this.#happened({ kind: "opened" });
      this.#send(syncStep1(this.#doc));
      if (this.#awareness.getLocalState() !== null) this.#send(awarenessFrame(this.#awareness, [this.#doc.clientID]));
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket && data instanceof ArrayBuffer) this.#received(new Uint8Array(data));
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#lost(code);
    };
  }

  #received(frame: Uint8Array): void {
    const message = receive(frame, this.#doc, this.#awareness, this);
    if ("reply" in message && message.reply) this.#send(message.reply);
    switch (message.kind) {
      case "synced":
        this.#synced();
        break;
      case "notice":
        this.#hooks.notice(message.notice);
        break;
      case "saved":
        this.#hooks.saved(message.clocks);
        break;
      case "answered":
        this.#answered ||= message.reply !== null;
        break;
      case "present":
      case "unknown":
        break;
    }
  }

  /** A step 2 arrived: the first ends the opening, each later one answers an `askProof`. */
  #synced(): void {
    if (this.state.get().kind === "opening") {
      this.#happened({ kind: "synced" });
      this.#hooks.synced();
    } else if (this.#asked > 0) {
      this.#asked -= 1;
      if (this.#asked === 0) this.#hooks.proven();
    }
  }

  #lost(code: number): void {
    this.#socket = null;
    const others = [...this.#awareness.getStates().keys()].filter((client) => client !== this.#doc.clientID);
    removeAwarenessStates(this.#awareness, others, this);
    this.#happened({ kind: "lost", code, now: Date.now(), chance: Math.random() });
  }
}
