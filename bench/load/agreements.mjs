// Agreements on Parley, made the way people make them: accounts, parties, invitations, confirmations.

import { PARTIES } from "./rooms.mjs";

const PASSWORD = "a long enough passphrase for a bench";

/** One account's HTTP session: a cookie and the Origin that unsafe methods are checked for. */
export class Account {
  constructor(target, email) {
    this.target = target;
    this.email = email;
    this.headers = { Origin: target.http };
  }

  async call(method, path, body, headers = {}) {
    const answer = await fetch(`${this.target.http}/api/v1${path}`, {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`);
    this.last = answer;
    return text && answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
  }

  async enter() {
    await this.call("POST", "/accounts", { name: this.email, email: `${this.email}@example.org`, password: PASSWORD });
    return this.login();
  }

  async login() {
    await this.call("POST", "/login", { email: `${this.email}@example.org`, password: PASSWORD });
    this.headers.Cookie = this.last.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
    return this;
  }
}

/** Accounts by seat: seat n is of party n mod 2; the first two are leads. `again` only logs in. */
async function seats(target, again) {
  const names = ["lead-union", "lead-district", "drafter-union", "drafter-district"];
  const accounts = [];
  for (const name of names) {
    const account = new Account(target, name);
    accounts.push(await (again ? account.login() : account.enter()));
  }
  return accounts;
}

/** Rooms on new agreements, or on `known` ones after the server was started anew. */
export async function prepareAgreements(target, count, body, known) {
  const accounts = await seats(target, known !== undefined);
  const rooms = [];
  for (let index = 0; index < (known?.length ?? count); index += 1) {
    rooms.push(roomOf(target, accounts, known?.[index] ?? (await agree(accounts, index, body))));
  }
  return rooms;
}

function markdown(body) {
  return body.map((lines, index) => `## Article ${index + 1}\n\n${lines.join("\n\n")}\n`).join("\n");
}

async function agree(accounts, index, body) {
  const [lead, other] = accounts;
  const agreement = await lead.call("POST", "/agreements", {
    title: `Bench agreement ${index + 1}`,
    parties: PARTIES.map((key) => ({ key, name: key, signatory: true })),
    member: { party: PARTIES[0], role: "lead" },
    text: { format: "markdown", content: markdown(body) },
  });
  for (const [seat, account] of accounts.entries()) {
    if (seat === 0) continue;
    const invitation = { party: PARTIES[seat % 2], role: seat < 2 ? "lead" : "drafter" };
    const { token } = await lead.call("POST", `/agreements/${agreement.id}/invitations`, invitation);
    await account.call("POST", `/invitations/${token}/accept`);
  }
  for (const account of [lead, other]) {
    await account.call("POST", `/agreements/${agreement.id}/confirmations`, { content_hash: agreement.content_hash });
  }
  return { id: agreement.id, articles: agreement.articles.map((article) => article.id) };
}

function roomOf(target, accounts, agreement) {
  return {
    agreement,
    accounts,
    articles: agreement.articles,
    party: (seat) => PARTIES[seat % 2],
    place: (seat) => ({
      url: `${target.socket}/collab/${agreement.id}/table`,
      name: agreement.id,
      dialect: "parley",
      articles: agreement.articles,
      headers: accounts[seat % accounts.length].headers,
    }),
  };
}
