import type { Candidate, Found } from '../candidate.ts';
import { STATUSES, TOPICS } from '../documents.ts';
import type { BenchDocument } from '../documents.ts';
import { install } from '../page.ts';

const promised = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('request failed'));
  });

const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });

/**
 * IndexedDB without a library: one record a document, four indexes. Everything else is measured against it.
 */
class RawIndexedDb implements Candidate {
  #db: IDBDatabase | null = null;

  async open(): Promise<void> {
    const request = indexedDB.open('raw', 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('incident', { keyPath: 'id' });
      store.createIndex('queue', ['status', 'deadline']);
      store.createIndex('created', 'createdAt');
      store.createIndex('month', ['month', 'status', 'topic']);
      store.createIndex('assignee', 'assignee');
    };
    this.#db = await promised(request);
  }

  #transaction(mode: IDBTransactionMode, durability: IDBTransactionDurability = 'relaxed'): IDBTransaction {
    if (this.#db === null) throw new Error('not open');
    return this.#db.transaction('incident', mode, { durability });
  }

  async load(batch: readonly BenchDocument[]): Promise<void> {
    const transaction = this.#transaction('readwrite');
    const store = transaction.objectStore('incident');
    for (const document of batch) store.put(document);
    await completed(transaction);
  }

  queue(): Promise<readonly BenchDocument[]> {
    const index = this.#transaction('readonly').objectStore('incident').index('queue');
    return promised<BenchDocument[]>(index.getAll(IDBKeyRange.bound(['new'], ['new', []]), 50));
  }

  async report(month: string): Promise<Readonly<Record<string, number>>> {
    const index = this.#transaction('readonly').objectStore('incident').index('month');
    const groups: Record<string, number> = {};
    const pairs = STATUSES.flatMap((status) => TOPICS.map((topic) => [status, topic] as const));
    await Promise.all(
      pairs.map(async ([status, topic]) => {
        const count = await promised(index.count(IDBKeyRange.only([month, status, topic])));
        if (count > 0) groups[`${status}|${topic}`] = count;
      }),
    );
    return groups;
  }

  update(document: BenchDocument): Promise<void> {
    return this.#put(document, 'relaxed');
  }

  updateStrict(document: BenchDocument): Promise<void> {
    return this.#put(document, 'strict');
  }

  async #put(document: BenchDocument, durability: IDBTransactionDurability): Promise<void> {
    const transaction = this.#transaction('readwrite', durability);
    const store = transaction.objectStore('incident');
    const before = await promised<BenchDocument>(store.get(document.id));
    store.put({ ...before, ...document });
    await completed(transaction);
  }

  async search(word: string): Promise<Found> {
    const store = this.#transaction('readonly').objectStore('incident');
    const ids: string[] = [];
    let count = 0;
    for (let last: string | null = null; ;) {
      const batch: BenchDocument[] = await promised(
        store.getAll(last === null ? null : IDBKeyRange.lowerBound(last, true), 2000),
      );
      for (const { id, text } of batch) {
        if (!text.includes(word)) continue;
        count += 1;
        if (ids.length < 50) ids.push(id);
      }
      last = batch.at(-1)?.id ?? null;
      if (last === null) return { count, ids };
    }
  }
}

install(new RawIndexedDb());
