// The bytes of the standard Yjs protocol, written by hand so that a simulated peer costs almost nothing:
// one client core must carry hundreds of peers beside one server core.
//
// The load speaks two dialects: the plain one (y-websocket, pycrdt-websocket, Parley) and Hocuspocus's, which
// puts the document's name before every message and wants a token first.

export const SYNC = 0;
export const AUTH = 2;
export const SYNC_REPLY = 4;
export const NOTICE = 100;
export const SAVED = 101;
export const STEP_1 = 0;
export const STEP_2 = 1;
export const UPDATE = 2;

const text = new TextEncoder();
const fromText = new TextDecoder();

function varuint(value) {
  const bytes = [];
  while (value > 127) {
    bytes.push((value & 127) | 128);
    value = Math.floor(value / 128);
  }
  bytes.push(value);
  return bytes;
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function varstring(value) {
  const bytes = text.encode(value);
  return joined([varuint(bytes.length), bytes]);
}

/** A reader of one message; `at` moves on with every read. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  uint() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  buffer() {
    const length = this.uint();
    const start = this.at;
    this.at += length;
    return this.bytes.subarray(start, this.at);
  }

  string() {
    return fromText.decode(this.buffer());
  }
}

/** What stands before every message of one document in a dialect. */
export function prefix(dialect, name) {
  return dialect === "hocuspocus" ? varstring(name) : new Uint8Array(0);
}

export function sync(head, step, payload) {
  return joined([head, [SYNC, step], varuint(payload.length), payload]);
}

export function token(head, value) {
  return joined([head, [AUTH, 0], varstring(value), varstring("bench")]);
}
