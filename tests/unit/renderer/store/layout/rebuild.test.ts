import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { declareDatabase } from '#renderer/data/store/database.ts';
import { incidentCodec } from '#renderer/data/store/incident-codec.ts';
import { PackedStore } from '#renderer/data/store/layout/packed-store.ts';
import { CHUNK_ROWS } from '#renderer/data/store/layout/columns.ts';
import { incidentAfter } from '#tests/helpers/sync-fixtures.ts';
import { sampleId } from '../incident-samples.ts';

const incidents = Array.from({ length: 30 }, (_, index) => ({
  ...incidentAfter(sampleId(index), []),
  number: index + 1,
}));

test('columns of another codec are written anew from the documents', async () => {
  const db = declareDatabase('pult:rebuild', 'relaxed');
  const before = new PackedStore(db, incidentCodec);
  await before.load(incidents.slice(0, 20), null);
  await before.change(incidents.slice(15, 30), [sampleId(0)], { db, tables: [], run: async () => undefined });
  const doubled = {
    ...incidentCodec,
    version: incidentCodec.version + 1,
    write: (...[incident, cells, at, code]: Parameters<typeof incidentCodec.write>) => {
      incidentCodec.write(incident, cells, at, code);
      cells.number[at] = (cells.number[at] ?? 0) * 2;
    },
  };
  for (const round of ['rebuilt', 'read']) {
    const after = new PackedStore(db, doubled);
    await after.ready;
    const numbers = incidents.slice(1).map(({ id }) => {
      const row = after.rowOf(id);
      return after.columns.chunkOf(row).cells.number[row % CHUNK_ROWS];
    });
    expect([round, numbers]).toEqual([round, incidents.slice(1).map(({ number }) => number * 2)]);
    expect(after.rowOf(sampleId(0))).toBe(-1);
    await after.compact();
  }
  db.close();
});
