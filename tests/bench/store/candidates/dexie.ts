import Dexie from 'dexie';
import type { Table } from 'dexie';
import type { Candidate, Found } from '../candidate.ts';
import { STATUSES, TOPICS } from '../documents.ts';
import type { BenchDocument } from '../documents.ts';
import { install } from '../page.ts';

/** Dexie as it is usually written: a table with indexes, `where`, `count`, `filter`. */
class UsualDexie implements Candidate {
  readonly #db = new Dexie('usual');
  readonly #table: Table<BenchDocument, string>;

  constructor() {
    this.#db.version(1).stores({ incident: 'id,[status+deadline],createdAt,[month+status+topic],assignee' });
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
    const pairs = STATUSES.flatMap((status) => TOPICS.map((topic) => [status, topic] as const));
    await this.#db.transaction('r', this.#table, () =>
      Promise.all(
        pairs.map(async ([status, topic]) => {
          const count = await this.#table
            .where('[month+status+topic]')
            .equals([month, status, topic])
            .count();
          if (count > 0) groups[`${status}|${topic}`] = count;
        }),
      ),
    );
    return groups;
  }

  async update(document: BenchDocument): Promise<void> {
    await this.#table.update(document.id, { status: document.status, version: document.version });
  }

  async search(word: string): Promise<Found> {
    const ids: string[] = [];
    let count = 0;
    await this.#table
      .filter(({ text }) => text.includes(word))
      .each(({ id }) => {
        count += 1;
        if (ids.length < 50) ids.push(id);
      });
    return { count, ids };
  }
}

install(new UsualDexie());
