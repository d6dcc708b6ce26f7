import Dexie from 'dexie';
import type { Table } from 'dexie';
import MiniSearch from 'minisearch';
import type { Candidate, Found } from '../store/candidate.ts';
import type { BenchDocument } from '../store/documents.ts';
import { install } from '../store/page.ts';

const options = {
  fields: ['text'],
  idField: 'id',
  tokenize: (text: string) => text.toLowerCase().split(/[^а-яёa-z0-9]+/),
};

/**
 * Documents in Dexie, words in MiniSearch: its index is in memory, so the first search after a start builds
 * it.
 */
class DexieWithMiniSearch implements Candidate {
  readonly #db = new Dexie('minisearch');
  readonly #table: Table<BenchDocument, string>;
  #index: MiniSearch<BenchDocument> | null = null;

  constructor() {
    this.#db.version(1).stores({ incident: 'id,[status+deadline],month' });
    this.#table = this.#db.table('incident');
  }

  async open(): Promise<void> {
    await this.#db.open();
  }

  async load(batch: readonly BenchDocument[]): Promise<void> {
    await this.#table.bulkPut([...batch]);
  }

  async queue(): Promise<readonly BenchDocument[]> {
    return this.#table
      .where('[status+deadline]')
      .between(['new', Dexie.minKey], ['new', Dexie.maxKey])
      .limit(50)
      .toArray();
  }

  async report(month: string): Promise<Readonly<Record<string, number>>> {
    const groups: Record<string, number> = {};
    for (const { status, topic } of await this.#table.where('month').equals(month).toArray()) {
      groups[`${status}|${topic}`] = (groups[`${status}|${topic}`] ?? 0) + 1;
    }
    return groups;
  }

  async update(document: BenchDocument): Promise<void> {
    await this.#table.put(document);
  }

  async search(word: string): Promise<Found> {
    this.#index ??= await this.#build();
    const found = this.#index.search(word);
    return { count: found.length, ids: found.slice(0, 50).map(({ id }) => String(id)) };
  }

  async #build(): Promise<MiniSearch<BenchDocument>> {
    const index = new MiniSearch<BenchDocument>(options);
    for (let last = ''; ;) {
      const batch = await this.#table.where('id').above(last).limit(2000).toArray();
      if (batch.length === 0) return index;
      index.addAll(batch);
      last = batch.at(-1)?.id ?? '';
    }
  }
}

install(new DexieWithMiniSearch());
