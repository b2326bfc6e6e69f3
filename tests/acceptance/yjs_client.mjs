// A Yjs client as anybody could write one: an unmodified y-websocket provider, driven by JSON lines.
// Each line in is {op, …}; each line out is {ok: …} or {error: …}, in order.
import readline from 'node:readline'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const [url, layer, token] = process.argv.slice(2)
console.error = () => {} // the provider reports the messages that it may ignore
const doc = new Y.Doc()
const WithToken = class extends WebSocket {
  constructor (address, protocols) {
    super(address, protocols, { headers: { authorization: `Bearer ${token}` } })
    this.on('error', () => {})
    this.on('close', (code) => { closes.push(code) })
  }
}
const closes = []
const provider = new WebsocketProvider(url, layer, doc, { WebSocketPolyfill: WithToken, disableBc: true })
const articles = doc.getMap('articles')
const sleep = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds) })

async function until (claim, what) {
  const end = Date.now() + 20_000
  while (!claim()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await sleep(5)
  }
}

const operations = {
  synced: () => until(() => provider.synced, 'sync'),
  text: ({ article }) => articles.get(article).toString(),
  delta: ({ article }) => articles.get(article).toDelta(),
  all: () => Object.fromEntries([...articles.keys()].sort().map((id) => [id, articles.get(id).toDelta()])),
  insert: ({ article, at, text, attributes }) => articles.get(article).insert(at, text, attributes),
  remove: ({ article, at, length }) => articles.get(article).delete(at, length),
  format: ({ article, at, length, attributes }) => articles.get(article).format(at, length, attributes),
  find: ({ article, text }) => articles.get(article).toString().indexOf(text),
  until: ({ article, contains }) =>
    until(() => articles.get(article)?.toString().includes(contains), `“${contains}”`),
  untilMarked: ({ article, key, text }) =>
    until(() => articles.get(article).toDelta().some((op) => op.attributes?.[key] && op.insert.includes(text)), `${key} on “${text}”`),
  closes: () => closes,
  state: () => Buffer.from(Y.encodeStateVector(doc)).toString('base64')
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
