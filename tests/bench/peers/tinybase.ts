import { createIndexes } from 'tinybase/indexes';
import { createIndexedDbPersister } from 'tinybase/persisters/persister-indexed-db';
import { createStore } from 'tinybase/store';
import type { Candidate, Found } from '../store/candidate.ts';
import type { BenchDocument } from '../store/documents.ts';
import { install } from '../store/page.ts';

/** Everything in memory; its persister writes all tables as one record. */
class TinyBase implements Candidate {
  readonly #store = createStore();
  readonly #persister = createIndexedDbPersister(this.#store, 'tinybase');
  readonly #indexes = createIndexes(this.#store);

  async open(): Promise<void> {
    await this.#persister.load();
    this.#indexes.setIndexDefinition('queue', 'incident', 'status', 'deadline');
    this.#indexes.setIndexDefinition('month', 'incident', 'month');
  }

  async load(batch: readonly BenchDocument[]): Promise<void> {
    this.#store.transaction(() => {
      for (const document of batch) this.#store.setRow('incident', document.id, { ...document });
    });
  }

  async loaded(): Promise<void> {
    await this.#persister.save();
  }

  async queue(): Promise<readonly BenchDocument[]> {
    const ids = this.#indexes.getSliceRowIds('queue', 'new').slice(0, 50);
    return ids.map((id) => this.#store.getRow('incident', id) as unknown as BenchDocument);
  }

  async report(month: string): Promise<Readonly<Record<string, number>>> {
    const groups: Record<string, number> = {};
    for (const id of this.#indexes.getSliceRowIds('month', month)) {
      const key = `${this.#store.getCell('incident', id, 'status')}|${this.#store.getCell('incident', id, 'topic')}`;
      groups[key] = (groups[key] ?? 0) + 1;
    }
    return groups;
  }

  async update({ id, status, version }: BenchDocument): Promise<void> {
    this.#store.setPartialRow('incident', id, { status, version });
    await this.#persister.save();
  }

  async search(word: string): Promise<Found> {
    const ids: string[] = [];
    this.#store.forEachRow('incident', (id) => {
      if (String(this.#store.getCell('incident', id, 'text')).includes(word)) ids.push(id);
    });
    return { count: ids.length, ids: ids.slice(0, 50) };
  }
}

install(new TinyBase());
