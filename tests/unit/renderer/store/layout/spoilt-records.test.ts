import 'fake-indexeddb/auto';
import type { Dexie } from 'dexie';
import { afterEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { declareDatabase } from '#renderer/data/store/database.ts';
import { incidentCodec } from '#renderer/data/store/incident-codec.ts';
import { PackedStore } from '#renderer/data/store/layout/packed-store.ts';
import { incidentAfter } from '#tests/helpers/sync-fixtures.ts';
import { sampleId } from '../incident-samples.ts';

const incidents = Array.from({ length: 30 }, (_, index) => incidentAfter(sampleId(index), []));
/** In pages, and changed since. */
const [PAGED, OVERLAID] = [20, 30];
const alone = (db: Dexie) => ({ db, tables: [], run: async () => undefined });

let count = 0;
let open: Dexie | null = null;
afterEach(() => open?.close());

/** A copy on a disk of its own: twenty incidents in pages, ten in the overlay. */
async function copy(): Promise<Dexie> {
  const db = declareDatabase(`pult:spoilt-${(count += 1)}`, 'relaxed');
  open = db;
  const store = new PackedStore(db, incidentCodec);
  await store.load(incidents.slice(0, PAGED), null);
  await store.change(incidents.slice(PAGED, OVERLAID), [], alone(db));
  return db;
}

/** Changes one record where it lies, as nothing of Pult would. */
async function spoil(
  db: Dexie,
  table: string,
  change: (record: Record<string, unknown>) => void,
): Promise<void> {
  const records: Record<string, unknown>[] = await db.table(table).toArray();
  const record = must(records[1] ?? records[0], table);
  change(record);
  await db.table(table).put(record);
}

const shown = async (store: PackedStore<(typeof incidents)[number], typeof incidentCodec.columns>) => {
  const rows = incidents.map(({ id }) => store.rowOf(id)).filter((row) => row >= 0);
  return (await store.read(rows)).size;
};

const cut = (bytes: unknown): unknown => (bytes instanceof Uint8Array ? bytes.slice(0, 40) : bytes);
const SPOILT: readonly [string, string, number, (record: Record<string, unknown>) => void][] = [
  ['a document that is cut', 'overlay', 29, (record) => (record['document'] = cut(record['document']))],
  [
    'a document that is no object',
    'overlay',
    29,
    (record) => (record['document'] = new TextEncoder().encode('7')),
  ],
  ['a document of another kind', 'overlay', 29, (record) => (record['document'] = 'text')],
  ['values that are gone', 'overlay', 29, (record) => (record['values'] = null)],
  ['an id that is none', 'overlay', 29, (record) => (record['id'] = 'zzz')],
  [
    'a cut document of another codec',
    'overlay',
    29,
    (record) => {
      record['codec'] = 0;
      record['document'] = cut(record['document']);
    },
  ],
  ['a page that is cut', 'page', 22, (record) => (record['bytes'] = cut(record['bytes']))],
  ['a page that is no list', 'page', 22, (record) => (record['bytes'] = new TextEncoder().encode('{}'))],
  ['a page without bytes', 'page', 22, (record) => delete record['bytes']],
  ['a chunk whose structure is cut', 'chunk', 10, (record) => (record['structure'] = new ArrayBuffer(7))],
  ['a chunk without ids', 'chunk', 10, (record) => delete record['ids']],
  ['a chunk without cells', 'chunk', 30, (record) => delete record['cells']],
];

test.each(SPOILT)('%s takes no others with it', async (_, table, left, change) => {
  const db = await copy();
  await spoil(db, table, change);
  const store = new PackedStore(db, incidentCodec);
  await store.ready;
  await shown(store);
  expect(await shown(store)).toBe(left);
});

test.each(SPOILT)(
  'after %s the copy is written on, compacted, and whole when the rows come again',
  async (_, table, __, change) => {
    const db = await copy();
    await spoil(db, table, change);
    const store = new PackedStore(db, incidentCodec);
    await store.ready;
    await shown(store);
    await store.compact();
    await store.change(
      incidents.filter(({ id }) => store.rowOf(id) === -1),
      [],
      alone(db),
    );
    expect(await shown(store)).toBe(OVERLAID);
    const again = new PackedStore(db, incidentCodec);
    await again.ready;
    expect(await shown(again)).toBe(OVERLAID);
  },
);

test('a page that is gone is lost with its rows alone', async () => {
  const db = await copy();
  const [, second] = await db.table('page').toCollection().primaryKeys();
  await db.table('page').delete(must(second, 'a page'));
  const store = new PackedStore(db, incidentCodec);
  await store.ready;
  await shown(store);
  expect(await shown(store)).toBe(22);
});
