import type { Dexie } from 'dexie';
import { declareDatabase } from '#renderer/data/store/database.ts';
import { FirstScreen } from '#renderer/data/store/first-screen.ts';
import { OVERLAY_LIMIT, PackedStore } from '#renderer/data/store/layout/packed-store.ts';
import { termsOf } from '#renderer/data/store/terms.ts';
import { TopRows } from '#renderer/data/store/top-rows.ts';
import { OpfsJournal } from '#renderer/data/sync/opfs-journal.ts';
import type { Found } from './candidate.ts';
import { benchCodec } from './bench-codec.ts';
import type { BenchColumns } from './bench-codec.ts';
import { MONTHS, STATUSES, TOPICS } from './documents.ts';
import type { BenchDocument } from './documents.ts';

export const DATABASE = 'pult:bench:operator';
const NEW = STATUSES.indexOf('new');
const SCREEN = 50;

/** The console's layout with the benchmark's documents; lives in a worker, as the console's store does. */
export class PultStore {
  readonly #relaxed: Dexie = declareDatabase(DATABASE, 'relaxed');
  readonly #strict: Dexie = declareDatabase(DATABASE, 'strict');
  readonly #store = new PackedStore<BenchDocument, BenchColumns>(this.#relaxed, benchCodec);
  readonly #first = new FirstScreen<readonly BenchDocument[]>(() => this.#relaxed.table('meta'));
  #journal: Promise<OpfsJournal> | null = null;
  #seq = 0;

  async open(): Promise<void> {
    await this.#store.ready;
  }

  async load(batch: readonly BenchDocument[]): Promise<void> {
    await this.#store.load(batch, null);
  }

  async loaded(): Promise<void> {
    await this.#store.index(1);
    await this.#first.refresh(await this.queue());
  }

  async queue(): Promise<readonly BenchDocument[]> {
    await this.#store.ready;
    const { columns } = this.#store;
    const top = new TopRows(SCREEN, (a, b) => a - b);
    for (const { first, rows, at, cells } of columns.chunks) {
      const { status, deadline } = cells;
      for (let index = 0; index < rows; index += 1) {
        if (status[index] === NEW && at.live[index] === 1)
          top.offer(first + index, deadline[index] as number);
      }
    }
    const rows = top.take();
    const documents = await this.#store.read(rows);
    return rows.flatMap((row) => documents.get(row) ?? []);
  }

  async report(month: string): Promise<Readonly<Record<string, number>>> {
    await this.#store.ready;
    const wanted = MONTHS.indexOf(month);
    const counts = new Uint32Array(STATUSES.length * TOPICS.length);
    for (const { rows, at, cells } of this.#store.columns.chunks) {
      for (let index = 0; index < rows; index += 1) {
        if (cells.month[index] !== wanted || at.live[index] !== 1) continue;
        const group = (cells.status[index] as number) * TOPICS.length + (cells.topic[index] as number);
        counts[group] = (counts[group] as number) + 1;
      }
    }
    const groups: Record<string, number> = {};
    counts.forEach((count, group) => {
      if (count > 0)
        groups[`${STATUSES[Math.floor(group / TOPICS.length)]}|${TOPICS[group % TOPICS.length]}`] = count;
    });
    return groups;
  }

  async update(document: BenchDocument): Promise<void> {
    await this.#change(document, this.#relaxed);
  }

  /** As an operator's command: one strict transaction, and the action once more, flushed, in the journal. */
  async updateStrict(document: BenchDocument): Promise<void> {
    this.#journal ??= OpfsJournal.open('bench', () => crypto.randomUUID());
    const journal = await this.#journal;
    this.#seq += 1;
    const item = {
      id: crypto.randomUUID(),
      seq: this.#seq,
      actor: 'operator',
      incident: document.id,
      name: 'route@1',
      args: document,
      at: 0,
      baseVersion: 1,
      state: 'queued',
    } as const;
    await this.#change(document, this.#strict, item);
    await journal.append([item], 'bench');
  }

  async search(word: string): Promise<Found> {
    const rows = [...(await this.#store.find(termsOf(word)))];
    return { count: rows.length, ids: rows.slice(0, SCREEN).map((row) => this.#store.columns.idOf(row)) };
  }

  async #change(document: BenchDocument, db: Dexie, item?: object): Promise<void> {
    const run = async (): Promise<void> => {
      await Promise.all([this.#first.invalidate(db), item ? db.table('outbox').put(item) : null]);
    };
    await this.#store.change([document], [], { db, tables: [db.table('meta'), db.table('outbox')], run });
    this.#first.invalidated();
    if (this.#store.overlaySize > OVERLAY_LIMIT) await this.#store.compact();
  }
}
