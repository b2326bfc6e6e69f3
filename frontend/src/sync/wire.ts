/**
 * The messages of the table's socket: the standard Yjs sync and awareness messages, and the service's own two,
 * *notice* (why something was corrected or refused) and *saved* (the state vector that survives any crash).
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { type Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import { messageYjsSyncStep2, readSyncMessage, writeSyncStep1, writeUpdate } from "y-protocols/sync";
import { decodeStateVector, type Doc } from "yjs";

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const NOTICE = 100;
const SAVED = 101;

export type Notice = { code: string; detail: string; article_id?: string };

/** What a received frame amounted to. `reply` is to be sent back. */
export type Received =
  | { kind: "answered"; reply: Uint8Array | null }
  | { kind: "synced"; reply: Uint8Array | null }
  | { kind: "notice"; notice: Notice }
  | { kind: "saved"; clocks: Map<number, number> }
  | { kind: "present"; reply: Uint8Array | null }
  | { kind: "unknown" };

export function syncStep1(doc: Doc): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  writeSyncStep1(encoder, doc);
  return encoding.toUint8Array(encoder);
}

export function updateFrame(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  writeUpdate(encoder, update);
  return encoding.toUint8Array(encoder);
}

export function awarenessFrame(awareness: Awareness, clients: number[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, AWARENESS);
  encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, clients));
  return encoding.toUint8Array(encoder);
}

/** Read one frame and apply it; `origin` marks the transaction as the service's. */
export function receive(frame: Uint8Array, doc: Doc, awareness: Awareness, origin: unknown): Received {
  const decoder = decoding.createDecoder(frame);
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return receiveSync(decoder, doc, origin);
    case AWARENESS:
      applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), origin);
      return { kind: "present", reply: null };
    case QUERY_AWARENESS:
      return { kind: "present", reply: awarenessFrame(awareness, [...awareness.getStates().keys()]) };
    case NOTICE:
      return { kind: "notice", notice: JSON.parse(decoding.readVarString(decoder)) as Notice };
    case SAVED:
      return { kind: "saved", clocks: decodeStateVector(decoding.readVarUint8Array(decoder)) };
    default:
      return { kind: "unknown" };
  }
}

function receiveSync(decoder: decoding.Decoder, doc: Doc, origin: unknown): Received {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  const empty = encoding.length(encoder);
  const type = readSyncMessage(decoder, encoder, doc, origin, (error) => {
    throw error;
  });
  const reply = encoding.length(encoder) > empty ? encoding.toUint8Array(encoder) : null;
  return { kind: type === messageYjsSyncStep2 ? "synced" : "answered", reply };
}
