// One scenario against one running server: `node main.mjs '{"scenario": …, "target": …, …}'`.
//
// Answers on standard output, a JSON object a line: events first (begin, end, restart, kill), which the caller
// acknowledges with a line on standard input once it has done its part, then {"result": …}.

import { createInterface } from "node:readline";

import { acceptance } from "./acceptance.mjs";
import { flood } from "./flood.mjs";
import { history } from "./history.mjs";
import { kills } from "./kills.mjs";
import { reading } from "./reading.mjs";
import { typing } from "./typing.mjs";

const SCENARIOS = { typing, flood, history, kills, acceptance, reading };

const { scenario, target, ...options } = JSON.parse(process.argv[2]);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function tell(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
  await lines.next();
}

const result = await SCENARIOS[scenario](target, options, tell);
process.stdout.write(`${JSON.stringify({ result })}\n`);
process.exit(0);
