// An unmodified y-websocket provider, driven by JSON lines: {op, …} in, {ok: …} or {error: …} out, in order.
import readline from 'node:readline'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const [url, layer, proof] = process.argv.slice(2)
const unknown = []
console.error = (message) => { unknown.push(String(message)) } // it reports messages that it may ignore
const closes = []
const Socket = class extends WebSocket {
  constructor (address, protocols) {
    const headers = proof.startsWith('?') ? {} : { authorization: `Bearer ${proof}` }
    super(address, protocols, { headers })
    this.on('error', () => {})
    this.on('close', (code) => { closes.push(code) })
  }
}
const doc = new Y.Doc()
const params = proof.startsWith('?') ? { ticket: proof.slice(1) } : {}
const provider = new WebsocketProvider(url, layer, doc, {
  WebSocketPolyfill: Socket, disableBc: true, params, maxBackoffTime: 200
})
const articles = doc.getMap('articles')
const sleep = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds) })

async function until (claim, what) {
  const end = Date.now() + 20_000
  while (!claim()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await sleep(5)
  }
}
const others = () => [...provider.awareness.getStates()].filter(([id]) => id !== doc.clientID).map(([, state]) => state)

const operations = {
  synced: () => until(() => provider.synced, 'sync'),
  lost: () => until(() => !provider.wsconnected, 'the connection to be lost'),
  closed: async () => { await until(() => closes.length > 0, 'a close'); return closes },
  first: () => [...articles.keys()].sort()[0],
  text: ({ article }) => articles.get(article).toString(),
  insert: ({ article, at, text }) => articles.get(article).insert(at, text),
  remove: ({ article, at, length }) => articles.get(article).delete(at, length),
  contains: ({ article, text }) => until(() => articles.get(article)?.toString().includes(text), `“${text}”`),
  delta: ({ article }) => articles.get(article).toDelta(),
  disconnect: () => provider.disconnect(),
  connect: () => provider.connect(),
  here: ({ state }) => { provider.awareness.setLocalState(state) },
  sees: async ({ name }) => {
    await until(() => others().some((state) => state.user?.name === name), name)
    return others()
  },
  alone: () => until(() => others().length === 0, 'everyone else to leave'),
  forge: ({ client }) => {
    // What no honest client sends: news of somebody else's presence.
    const state = JSON.stringify({ cursor: 1 })
    const entry = [...varUint(client), ...varUint(99), ...varUint(state.length), ...Buffer.from(state)]
    provider.ws.send(Uint8Array.from([1, ...varUint(entry.length + 1), 1, ...entry]))
  },
  client: () => doc.clientID,
  state: () => Buffer.from(Y.encodeStateVector(doc)).toString('base64')
}

function varUint (number) {
  const bytes = []
  while (number > 127) {
    bytes.push(128 | (number % 128))
    number = Math.floor(number / 128)
  }
  return [...bytes, number]
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const command = JSON.parse(line)
  try {
    process.stdout.write(`${JSON.stringify({ ok: (await operations[command.op](command)) ?? null })}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`)
  }
}
provider.destroy()
process.exit(0)
