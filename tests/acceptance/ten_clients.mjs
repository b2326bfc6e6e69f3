// Many unmodified Yjs clients typing into one agreement at once, each as a person does: a word here, a deletion there.
// Prints one JSON line: the SHA-256 of every replica once all state vectors are equal, and the counts.
import { createHash } from 'node:crypto'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const { url, tokens, clients, edits, seed } = JSON.parse(process.argv[2])
console.error = () => {}
let state = seed
const random = (below) => { // a small linear congruential generator, so that a run can be repeated
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}
const sleep = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds) })

function open (token) {
  const doc = new Y.Doc()
  const WithToken = class extends WebSocket {
    constructor (address, protocols) { super(address, protocols, { headers: { authorization: `Bearer ${token}` } }) }
  }
  const provider = new WebsocketProvider(url, 'table', doc, { WebSocketPolyfill: WithToken, disableBc: true })
  return { doc, provider, articles: doc.getMap('articles') }
}

// What a reader sees: runs of equal attributes, whatever order the markers came in.
const sorted = (value) => (value && typeof value === 'object'
  ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
  : value)
function runs (text) {
  const joined = []
  for (const { insert, attributes = {} } of text.toDelta()) {
    const marks = JSON.stringify(sorted(attributes))
    if (joined.at(-1)?.marks === marks) joined.at(-1).text += insert
    else joined.push({ text: insert, marks })
  }
  return joined
}
const digest = ({ articles }) => {
  const content = [...articles.keys()].sort().map((id) => [id, runs(articles.get(id))])
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

async function type (peer) {
  const ids = [...peer.articles.keys()].sort()
  for (let edit = 0; edit < edits; edit++) {
    const text = peer.articles.get(ids[random(ids.length)])
    const at = random(text.length)
    if (random(4) === 0 && text.length > 50) {
      text.delete(Math.min(at, text.length - 12), 1 + random(10))
    } else if (random(12) === 0) {
      text.insert(at, '\n')
    } else {
      for (const letter of 'shall not ') { text.insert(Math.min(at, text.length - 1), letter); await sleep(1) }
    }
    await sleep(2)
  }
}

const peers = Array.from({ length: clients }, (_, index) => open(tokens[index % tokens.length]))
for (const peer of peers) while (!peer.provider.synced) await sleep(10)
await Promise.all(peers.map(type))
let equal = false
for (const end = Date.now() + 60_000; !equal && Date.now() < end; await sleep(100)) {
  equal = new Set(peers.map(digest)).size === 1
}
await sleep(500)
const digests = peers.map(digest)
const fresh = open(tokens[0])
while (!fresh.provider.synced) await sleep(10)
process.stdout.write(`${JSON.stringify({ digests, fresh: digest(fresh), length: [...fresh.articles.values()].reduce((sum, text) => sum + text.length, 0) })}\n`)
process.exit(0)
