/** The editor's `TextSource` over a live `Y.Text`, and its `UndoStack` over Yjs's own manager. */
import { type Doc, type Map as YMap, type Text as YText, type Transaction, UndoManager, type YTextEvent } from "yjs";

import type { Attributes, Delta, Layer, Run, TextSource, UndoStack } from "../editor";

/** What this window writes carries this origin; everything else comes from the service or from undoing. */
export const OWN = Symbol("own");

type Operation = { insert?: unknown; retain?: number; delete?: number; attributes?: Record<string, unknown> };

const SUGGESTING = /^(?:ins|del:.+|fmt:.+|draft:(?:ins|del|fmt))$/;
const DRAFTING = ["draft:ins", "draft:del", "draft:fmt"];
const STEP_MS = 600;

export class YTextSource implements TextSource {
  readonly #doc: Doc;
  readonly #text: YText;
  readonly #touch: (ids: string[]) => void;

  /** `touch` hears the ids of the suggestions that each edit of this window belongs to. */
  constructor(doc: Doc, text: YText, touch: (ids: string[]) => void) {
    this.#doc = doc;
    this.#text = text;
    this.#touch = touch;
  }

  read(): readonly Run[] {
    const delta = this.#text.toDelta() as Operation[];
    return delta.flatMap(({ insert, attributes }) =>
      typeof insert === "string" ? [{ text: insert, attributes: (attributes ?? {}) as Attributes }] : [],
    );
  }

  apply(delta: Delta): void {
    this.#touch(suggestionsOf(delta));
    this.#doc.transact(() => {
      // `sanitize` would take away a newline at the end, which ends a paragraph here.
      this.#text.applyDelta([...delta], { sanitize: false });
    }, OWN);
  }

  observe(listener: (delta: Delta, local: boolean) => void): () => void {
    const heard = (event: YTextEvent, transaction: Transaction): void => {
      listener(event.delta as unknown as Delta, transaction.origin === OWN);
    };
    this.#text.observe(heard);
    return () => {
      this.#text.unobserve(heard);
    };
  }
}

/** The ids of the suggestions whose marks a delta sets. */
export function suggestionsOf(delta: Delta): string[] {
  return delta.flatMap((operation) => {
    if (!("attributes" in operation)) return [];
    return Object.entries(operation.attributes).flatMap(([name, mark]) =>
      SUGGESTING.test(name) && typeof mark === "object" && mark !== null && "id" in mark && typeof mark.id === "string" ? [mark.id] : [],
    );
  });
}

/**
 * Undo of this window's own typing, never of a decision. At the table the steps are forgotten once a suggestion has
 * been enacted in an article that was typed in here, because taking them back would take back agreed text. In a caucus
 * they are forgotten once drafts have been taken out of such an article: what was tabled or discarded stays so.
 */
export class TypingUndo implements UndoStack {
  readonly #doc: Doc;
  readonly #manager: UndoManager;

  constructor(doc: Doc, articles: YMap<YText>, layer: Layer) {
    this.#doc = doc;
    this.#manager = new UndoManager(articles, { trackedOrigins: new Set([OWN]), captureTimeout: STEP_MS });
    const typedIn = new Set<unknown>();
    const decides = layer === "caucus" ? takesDraftsOut : enacts;
    articles.observeDeep((events, transaction) => {
      for (const { target, delta } of events) {
        if (transaction.local) typedIn.add(target);
        else if (typedIn.has(target) && (delta as Operation[]).some((operation) => decides(operation, transaction, doc))) this.#manager.clear();
      }
    });
  }

  undo(): boolean {
    return this.#manager.undo() !== null;
  }

  redo(): boolean {
    return this.#manager.redo() !== null;
  }

  seal(): void {
    this.#manager.stopCapturing();
  }

  together(edit: () => void): void {
    this.#doc.transact(edit, OWN);
  }

  destroy(): void {
    this.#manager.destroy();
  }
}

function enacts({ retain, attributes }: Operation): boolean {
  return retain !== undefined && attributes?.["ins"] === null;
}

/** A draft's mark cleared, or text deleted that was typed here. */
function takesDraftsOut(operation: Operation, transaction: Transaction, doc: Doc): boolean {
  if (operation.delete !== undefined) return transaction.deleteSet.clients.has(doc.clientID);
  return operation.retain !== undefined && DRAFTING.some((name) => operation.attributes?.[name] === null);
}
