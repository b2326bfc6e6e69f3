/**
 * Keeps account of what this window wrote: what of it is saved, and a copy on the device of what is not. A copy is
 * made only when saving takes longer than a moment, so that ordinary typing never touches the disk here.
 */
import { type Doc, mergeUpdates, type Transaction } from "yjs";

import type { Kept, OfflineStore } from "./offline";
import { asksProof, committed, isSaved, NOTHING_UNSAVED, proven, savingOf, type Saving, type Unsaved, wrote } from "./saving";
import { Watched } from "./watched";

const KEEP_AFTER_MS = 400;

export class UnsavedWork {
  readonly saving = new Watched<Saving>({ kind: "opening" });
  readonly #store: OfflineStore;
  #unsaved: Unsaved = NOTHING_UNSAVED;
  #updates: Uint8Array[] = [];
  #touching: string[] = [];
  #link: "never" | "live" | "down" = "never";
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isKept = false;
  #restored: string[] = [];

  constructor(store: OfflineStore) {
    this.#store = store;
  }

  /** The suggestions that the edit about to be made belongs to. */
  readonly touch = (ids: string[]): void => {
    this.#touching.push(...ids);
  };

  /** Account for one transaction of this window. */
  written(transaction: Transaction): void {
    const clocks = [...transaction.afterState].filter(([client, clock]) => transaction.beforeState.get(client) !== clock);
    const deletes = transaction.deleteSet.clients.size > 0;
    if (clocks.length === 0 && !deletes) return;
    this.#change(wrote(this.#unsaved, { clocks: new Map(clocks), touched: this.#touching, deletes }));
    this.#touching = [];
  }

  /** Hold on to the bytes of an edit until it is saved. */
  hold(update: Uint8Array): void {
    this.#updates.push(update);
    if (this.#timer === null) this.#timer = setTimeout(this.keep, KEEP_AFTER_MS);
  }

  saved(clocks: ReadonlyMap<number, number>): void {
    this.#change(committed(this.#unsaved, clocks));
  }

  proven(): void {
    this.#change(proven(this.#unsaved));
  }

  link(link: "live" | "down"): void {
    this.#link = link;
    this.#change(this.#unsaved);
  }

  get needsProof(): boolean {
    return asksProof(this.#unsaved);
  }

  get touched(): number {
    return this.#unsaved.touched.size;
  }

  /** Whether closing the window now could lose something. */
  get isAtRisk(): boolean {
    return !isSaved(this.#unsaved) && !this.#isKept;
  }

  /** What earlier windows left behind, to be written again with `restore`. */
  async leftBehind(): Promise<Kept[]> {
    return this.#store.kept().catch(() => []);
  }

  /** Write again what earlier windows left; it is forgotten on the device once it is saved. */
  restore(kept: Kept[], doc: Doc, apply: (doc: Doc, update: Uint8Array) => void): void {
    this.#restored = kept.map(({ key }) => key);
    for (const { update, touched } of kept) {
      this.touch(touched);
      apply(doc, update);
    }
    if (isSaved(this.#unsaved)) this.#forget();
  }

  readonly keep = (): void => {
    this.#timer = null;
    if (isSaved(this.#unsaved) || this.#updates.length === 0) return;
    const merged = mergeUpdates(this.#updates);
    this.#updates = [merged];
    this.#store.keep(merged, [...this.#unsaved.touched]).then(
      () => {
        this.#isKept = true;
      },
      // Without a database (a private window, say) the edit still stands in memory, and leaving asks first.
      () => undefined,
    );
  };

  discard(): void {
    this.#updates = [];
    this.#forget();
  }

  #change(unsaved: Unsaved): void {
    this.#unsaved = unsaved;
    if (isSaved(unsaved) && (this.#updates.length > 0 || this.#isKept)) {
      this.#updates = [];
      if (this.#isKept || this.#restored.length > 0) this.#forget();
    }
    const saving = savingOf(unsaved, this.#link);
    const before = this.saving.get();
    const same = before.kind === saving.kind && !(saving.kind === "offline" && before.kind === "offline" && saving.changes !== before.changes);
    if (!same) this.saving.set(saving);
  }

  #forget(): void {
    this.#isKept = false;
    const restored = this.#restored;
    this.#restored = [];
    this.#store.forget().catch(() => undefined);
    if (restored.length > 0) this.#store.forget(restored).catch(() => undefined);
  }
}
