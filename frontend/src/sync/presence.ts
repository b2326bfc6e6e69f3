/**
 * Who is at the table and where. Cursors travel as relative positions, so that they stay with their words; name and
 * party of a peer are what the service stamped on it, whatever the peer claimed.
 */
import type { Awareness } from "y-protocols/awareness";
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromJSON,
  createRelativePositionFromTypeIndex,
  type Doc,
  type Map as YMap,
  relativePositionToJSON,
  type Text as YText,
} from "yjs";

import type { ArticleId, FlatSelection, PartyKey, PresenceSource, RemoteCursor } from "../editor";
import { Watched } from "./watched";

export type Person = { member: string; name: string; party: string; role: string; here: boolean };

type Stamp = { name: string; party: string; member: string; role?: string };
type Place = { article: string; anchor: unknown; head: unknown };

const REPORT_EVERY_MS = 80;

export class Presence implements PresenceSource {
  /** Everyone at the table, each member once, this one included. */
  readonly people = new Watched<readonly Person[]>([]);
  readonly #me: Omit<Person, "here">;
  readonly #awareness: Awareness;
  readonly #doc: Doc;
  readonly #articles: YMap<YText>;
  #waiting: ReturnType<typeof setTimeout> | null = null;
  #selection: FlatSelection | null = null;

  /** `me` is who sits here, as the agreement says; of everyone else the service's stamp tells. */
  constructor(awareness: Awareness, doc: Doc, articles: YMap<YText>, me: Omit<Person, "here">) {
    this.#me = me;
    this.people.set([{ ...me, here: true }]);
    this.#awareness = awareness;
    this.#doc = doc;
    this.#articles = articles;
    awareness.on("change", () => {
      this.people.set(this.#everyone());
    });
  }

  others(): readonly RemoteCursor[] {
    return [...this.#awareness.getStates()].flatMap(([client, state]) => {
      const stamp = stampOf(state);
      const place = placeOf(state);
      // Another window of the same person is nobody else.
      if (client === this.#doc.clientID || !stamp || !place || stamp.member === this.#me.member) return [];
      const anchor = this.#offset(place.anchor);
      const head = this.#offset(place.head);
      if (anchor === null || head === null) return [];
      const article = place.article as ArticleId;
      return [{ key: String(client), name: stamp.name, party: stamp.party as PartyKey, article, anchor, head }];
    });
  }

  observe(listener: () => void): () => void {
    this.#awareness.on("change", listener);
    return () => {
      this.#awareness.off("change", listener);
    };
  }

  report(selection: FlatSelection | null): void {
    this.#selection = selection;
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null;
      this.#awareness.setLocalStateField("cursor", this.#place(this.#selection));
    }, REPORT_EVERY_MS);
  }

  destroy(): void {
    if (this.#waiting) clearTimeout(this.#waiting);
  }

  #place(selection: FlatSelection | null): Place | null {
    const text = selection && this.#articles.get(selection.article);
    if (!text) return null;
    const at = (offset: number): unknown =>
      relativePositionToJSON(createRelativePositionFromTypeIndex(text, Math.min(offset, text.length)));
    return { article: selection.article, anchor: at(selection.anchor), head: at(selection.head) };
  }

  #offset(position: unknown): number | null {
    const relative = createRelativePositionFromJSON(position);
    return createAbsolutePositionFromRelativePosition(relative, this.#doc)?.index ?? null;
  }

  #everyone(): Person[] {
    const found = new Map<string, Person>();
    for (const [client, state] of this.#awareness.getStates()) {
      const stamp = client === this.#doc.clientID ? null : stampOf(state);
      if (!stamp) continue;
      const { member, name, party, role = "" } = stamp;
      found.set(member, { member, name, party, role, here: false });
    }
    found.set(this.#me.member, { ...this.#me, here: true });
    return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
  }
}

function stampOf(state: Record<string, unknown>): Stamp | null {
  const user = state["user"];
  return typeof user === "object" && user !== null && "member" in user && "party" in user ? (user as Stamp) : null;
}

function placeOf(state: Record<string, unknown>): Place | null {
  const cursor = state["cursor"];
  return typeof cursor === "object" && cursor !== null && "article" in cursor ? (cursor as Place) : null;
}
