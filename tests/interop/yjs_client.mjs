/**
 * Real Yjs replicas, driven over standard input: one JSON call a line, one JSON answer a line.
 *
 * A call names a client of the test's own numbering; binary values are base64. Every answer carries the frames that the
 * client's replica would send: also those that Yjs makes by itself, such as a clean-up of formats after an update.
 */

import { createInterface } from "node:readline";

import * as Y from "yjs";

const clients = new Map();
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const text = (content) => Buffer.from(content).toString("base64");

const calls = {
  open({ client, state, clientId, articles }) {
    clients.get(client)?.doc.destroy();
    const doc = new Y.Doc();
    doc.clientID = clientId;
    const frames = [];
    const server = {};
    Y.applyUpdate(doc, bytes(state), server);
    doc.on("update", (update, origin) => {
      if (origin !== server) frames.push(text(update));
    });
    const root = doc.getMap("articles");
    const undo = new Y.UndoManager(articles.map((article) => root.get(article)), {
      captureTimeout: 0,
      trackedOrigins: new Set(["typing"]),
    });
    clients.set(client, { doc, root, frames, server, undo });
  },
  runs({ client, article }) {
    return clients.get(client).root.get(article).toDelta().map((op) => [op.insert, op.attributes ?? {}]);
  },
  edit({ client, article, delta, tracked }) {
    const { doc, root } = clients.get(client);
    const target = root.get(article);
    doc.transact(() => {
      let at = 0;
      for (const op of delta) {
        if (op.inherit) target.insert(at, op.insert);
        else if ("insert" in op) target.applyDelta([...before(at), op], { sanitize: false });
        else if ("delete" in op) target.delete(at, op.delete);
        else if (op.attributes) target.format(at, op.retain, op.attributes);
        at += op.insert?.length ?? op.retain ?? 0;
      }
    }, tracked ? "typing" : "forging");
  },
  back({ client, redo }) {
    const { undo } = clients.get(client);
    if (redo) undo.redo();
    else undo.undo();
  },
  receive({ client, updates }) {
    const { doc, server } = clients.get(client);
    for (const update of updates) Y.applyUpdate(doc, bytes(update), server);
  },
  missing({ client, stateVector }) {
    return text(Y.encodeStateAsUpdate(clients.get(client).doc, bytes(stateVector)));
  },
  stateVector({ client }) {
    return text(Y.encodeStateVector(clients.get(client).doc));
  },
  merge({ updates }) {
    return text(Y.mergeUpdates(updates.map(bytes)));
  },
};

function before(at) {
  return at > 0 ? [{ retain: at }] : [];
}

for await (const line of createInterface({ input: process.stdin })) {
  const { call, ...given } = JSON.parse(line);
  let answer;
  try {
    const result = calls[call](given) ?? null;
    answer = { result, frames: clients.get(given.client)?.frames.splice(0) ?? [] };
  } catch (error) {
    answer = { error: String(error.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
