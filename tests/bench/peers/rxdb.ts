import { createRxDatabase } from 'rxdb/plugins/core';
import type { RxCollection } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { Candidate, Found } from '../store/candidate.ts';
import type { BenchDocument } from '../store/documents.ts';
import { install } from '../store/page.ts';

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;
const instant = { type: 'number', minimum: 0, maximum: 4e12, multipleOf: 1 } as const;

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(40),
    regNo: { type: 'string' },
    createdAt: instant,
    deadline: instant,
    status: text(12),
    topic: text(12),
    region: { type: 'string' },
    assignee: text(12),
    priority: { type: 'number' },
    month: text(8),
    text: { type: 'string' },
    version: { type: 'number' },
  },
  required: ['id', 'createdAt', 'deadline', 'status', 'topic', 'assignee', 'month'],
  indexes: [['status', 'deadline'], ['createdAt'], ['month', 'status', 'topic'], ['assignee']],
} as const;

/** RxDB on its free storage. */
class RxDb implements Candidate {
  #collection: Promise<RxCollection<BenchDocument>> | null = null;

  async open(): Promise<void> {
    this.#collection = createRxDatabase({
      name: 'rxdb',
      storage: getRxStorageDexie(),
      multiInstance: false,
    }).then(
      async (db) =>
        (await db.addCollections({ incident: { schema } }))
          .incident as unknown as RxCollection<BenchDocument>,
    );
    await this.#opened();
  }

  async load(batch: readonly BenchDocument[]): Promise<void> {
    const { error } = await (await this.#opened()).bulkInsert([...batch]);
    if (error.length > 0) throw new Error(`${error.length} documents were not taken`);
  }

  async queue(): Promise<readonly BenchDocument[]> {
    const query = (await this.#opened()).find({
      selector: { status: 'new' },
      sort: [{ deadline: 'asc' }],
      limit: 50,
      index: ['status', 'deadline'],
    });
    return (await query.exec()).map((document) => document.toJSON() as BenchDocument);
  }

  async report(month: string): Promise<Readonly<Record<string, number>>> {
    const groups: Record<string, number> = {};
    const found = await (
      await this.#opened()
    )
      .find({ selector: { month }, index: ['month', 'status', 'topic'] })
      .exec();
    for (const { status, topic } of found)
      groups[`${status}|${topic}`] = (groups[`${status}|${topic}`] ?? 0) + 1;
    return groups;
  }

  async update({ id, status, version }: BenchDocument): Promise<void> {
    const document = await (await this.#opened()).findOne(id).exec();
    await document?.incrementalPatch({ status, version });
  }

  async search(word: string): Promise<Found> {
    const found = await (await this.#opened()).find({ selector: { text: { $regex: word } } }).exec();
    return { count: found.length, ids: found.slice(0, 50).map(({ id }) => id) };
  }

  #opened(): Promise<RxCollection<BenchDocument>> {
    if (this.#collection === null) throw new Error('not open');
    return this.#collection;
  }
}

install(new RxDb());
