import type { Dexie, Table } from 'dexie';

const KEY = 'first-screen';
const STORE = 'meta';

/**
 * The first screenful of the queue, kept as one record so that a start shows it before the columns are read.
 * It is deleted in the transaction of the first change after it was written: what is there is true.
 */
export class FirstScreen<T> {
  readonly #table: () => Table<T, string>;
  #isStored: boolean;

  constructor(table: () => Table<T, string>) {
    this.#table = table;
    // Until it was refreshed here, one of an earlier start may lie in the database.
    this.#isStored = true;
  }

  get isStored(): boolean {
    return this.#isStored;
  }

  /** To be called inside the transaction of a change that may show on the screen. */
  async invalidate(db: Dexie): Promise<void> {
    if (this.#isStored) await db.table(STORE).delete(KEY);
  }

  /** To be called when that transaction has committed. */
  invalidated(): void {
    this.#isStored = false;
  }

  /** Idle work. Must take its turn among writers, as `value` must be true when it is stored. */
  async refresh(value: T): Promise<void> {
    await this.#table().put(value, KEY);
    this.#isStored = true;
  }
}

/**
 * Reads the record without the store: the page asks while the worker is still starting. `null` when there is
 * none, or no database; never creates or upgrades one, never throws.
 */
export function readFirstScreen<T>(name: string): Promise<T | null> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
    request.onsuccess = () => {
      const db = request.result;
      const close = (value: T | null): void => {
        db.close();
        resolve(value);
      };
      if (!db.objectStoreNames.contains(STORE)) return close(null);
      const get = db.transaction(STORE).objectStore(STORE).get(KEY) as IDBRequest<T | undefined>;
      get.onsuccess = () => close(get.result ?? null);
      get.onerror = () => close(null);
    };
  });
}
