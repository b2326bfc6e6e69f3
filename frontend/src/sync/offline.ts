/**
 * What was written here and the service does not have yet, kept in the browser's own database so that a closed
 * window loses nothing. Only unsaved updates are kept, never the agreement; a record goes once it is saved.
 */

export type Kept = { key: string; update: Uint8Array; touched: string[] };

const DATABASE = "parley";
const STORE = "unsaved";

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error("The browser's database refused."));
    };
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE, { keyPath: "key" });
  };
  return settle(request);
}

/** The unsaved work of one account at one table; `window` tells this window's record from another's. */
export class OfflineStore {
  readonly #table: string;
  readonly #key: string;
  #database: Promise<IDBDatabase> | null = null;

  constructor(table: string, window: string) {
    this.#table = table;
    this.#key = `${table}/${window}`;
  }

  async keep(update: Uint8Array, touched: string[]): Promise<void> {
    await settle((await this.#store("readwrite")).put({ key: this.#key, update, touched } satisfies Kept));
  }

  /** Everything kept for this table, by this window and by those that were closed before. */
  async kept(): Promise<Kept[]> {
    const range = IDBKeyRange.bound(`${this.#table}/`, `${this.#table}/\uffff`);
    return settle((await this.#store("readonly")).getAll(range) as IDBRequest<Kept[]>);
  }

  async forget(keys: string[] = [this.#key]): Promise<void> {
    const store = await this.#store("readwrite");
    await Promise.all(keys.map((key) => settle(store.delete(key))));
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    this.#database ??= open();
    return (await this.#database).transaction(STORE, mode).objectStore(STORE);
  }
}
