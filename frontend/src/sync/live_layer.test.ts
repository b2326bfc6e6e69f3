/** Table and caucus side by side in one window: what is done in one never passes through the other. */
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from "y-protocols/sync";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate, Text } from "yjs";

import type { ArticleId, Layer } from "../editor";
import { LiveLayer } from "./live_layer";

const ME = { member: "m1", name: "Ursula", party: "union", role: "lead" };
const ARTICLE = "a1" as ArticleId;

/** The far end of a socket: the service, as far as these tests need it. */
class FarEnd extends EventTarget {
  static readonly OPEN = 1;
  static opened: FarEnd[] = [];
  readonly readyState = FarEnd.OPEN;
  readonly frames: Uint8Array[] = [];
  binaryType = "";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly address: string) {
    super();
    FarEnd.opened.push(this);
  }

  send(frame: Uint8Array): void {
    this.frames.push(frame);
  }

  close(): void {
    this.onclose = null;
  }

  /** Open, and hand over a document. */
  greet(doc: Doc): void {
    this.onopen?.();
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, messageYjsSyncStep2);
    encoding.writeVarUint8Array(encoder, encodeStateAsUpdate(doc));
    this.onmessage?.({ data: encoding.toUint8Array(encoder).slice().buffer });
  }

  /** The updates that were written here. */
  get updates(): Uint8Array[] {
    return this.frames.flatMap((frame) => {
      const decoder = decoding.createDecoder(frame);
      if (decoding.readVarUint(decoder) !== 0 || decoding.readVarUint(decoder) !== messageYjsUpdate) return [];
      return [decoding.readVarUint8Array(decoder)];
    });
  }
}

function agreement(): Doc {
  const doc = new Doc();
  const text = new Text();
  doc.getMap("articles").set(ARTICLE, text);
  text.insert(0, "Two meetings.\n");
  return doc;
}

function joined(layer: Layer, doc: Doc): { live: LiveLayer; far: FarEnd } {
  const live = new LiveLayer(layer, "agr", "acc", ME);
  const far = FarEnd.opened.at(-1) as FarEnd;
  far.greet(doc);
  return { live, far };
}

beforeEach(() => {
  FarEnd.opened = [];
  vi.stubGlobal("WebSocket", FarEnd);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("each layer has its own address", () => {
  const doc = agreement();
  const layers = [joined("table", doc), joined("caucus", doc)];

  expect(layers.map(({ far }) => new URL(far.address).pathname)).toEqual(["/collab/agr/table", "/collab/agr/caucus"]);
  for (const { live } of layers) live.leave();
});

test("what is drafted in caucus goes over the caucus's socket alone", () => {
  const doc = agreement();
  const [table, caucus] = [joined("table", doc), joined("caucus", doc)];
  const quiet = table.far.frames.length;

  caucus.live.source(ARTICLE)?.apply([{ insert: "Canary ", attributes: { "draft:ins": { id: "d1", party: "union" } } }]);

  expect(table.far.frames).toHaveLength(quiet);
  expect(table.live.source(ARTICLE)?.read()).toEqual([{ text: "Two meetings.\n", attributes: {} }]);
  const fresh = new Doc();
  applyUpdate(fresh, encodeStateAsUpdate(doc));
  for (const update of caucus.far.updates) applyUpdate(fresh, update);
  expect((fresh.getMap<Text>("articles").get(ARTICLE) as Text).toJSON()).toBe("Canary Two meetings.\n");
  for (const { live } of [table, caucus]) live.leave();
});

test("where one stands in caucus is told to the caucus alone, and stepping aside takes it back there", async () => {
  const doc = agreement();
  const [table, caucus] = [joined("table", doc), joined("caucus", doc)];
  const [before, quiet] = [caucus.far.frames.length, table.far.frames.length];

  caucus.live.presence.report({ article: ARTICLE, anchor: 3, head: 3 });
  await vi.waitFor(() => { expect(caucus.far.frames.length).toBe(before + 1); });
  caucus.live.attend(false);

  expect(caucus.far.frames.length).toBe(before + 2);
  expect(table.far.frames).toHaveLength(quiet);
  for (const { live } of [table, caucus]) live.leave();
});

test("a refused frame ends the layer, and what it held unsaved is counted", () => {
  const { live, far } = joined("caucus", agreement());
  live.source(ARTICLE)?.apply([{ insert: "x", attributes: { "draft:ins": { id: "d1", party: "union" } } }]);

  far.onclose?.({ code: 4400 });

  expect(live.connection.get()).toEqual({ kind: "outdated" });
  expect(live.unsaved).toBe(1);
  live.leave();
});

test("the first frame asks for what lacks here", () => {
  const { live, far } = joined("caucus", agreement());
  const [first] = far.frames;

  expect(first?.slice(0, 2)).toEqual(new Uint8Array([0, messageYjsSyncStep1]));
  live.leave();
});
