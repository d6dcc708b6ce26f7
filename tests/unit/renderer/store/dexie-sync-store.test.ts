import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { declareDatabase } from '#renderer/data/store/database.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { DiskFullError, isDiskFull } from '#renderer/data/sync/storage-trouble.ts';
import { readFirstScreen } from '#renderer/data/store/first-screen.ts';
import type { QueuePage } from '#renderer/data/store/console-store.ts';
import { idMaker, incidentAfter } from '#tests/helpers/sync-fixtures.ts';
import { syncStoreConformance } from '#tests/unit/renderer/sync-store-conformance.ts';
import { sampleId } from './incident-samples.ts';
import { enqueue } from '#tests/helpers/dispatch.ts';

let databases = 0;
const nextName = (): string => `pult:store-test:${(databases += 1)}`;

syncStoreConformance('Dexie', async () => {
  const options = { name: nextName(), newId: idMaker(1) };
  let open = await DexieSyncStore.open(options);
  return {
    store: open,
    reopen: async () => {
      await open.close();
      open = await DexieSyncStore.open(options);
      return open;
    },
  };
});

test('the first screen is there for the page until something changes', async () => {
  const name = nextName();
  const store = await DexieSyncStore.open({ name, newId: idMaker(2) });
  const page: QueuePage = { total: 3, rows: [] };
  await store.load([incidentAfter(sampleId(1), [])], {});
  await store.tidy(async () => page);
  expect(await readFirstScreen(name)).toEqual(page);
  await store.load([incidentAfter(sampleId(2), [])], {});
  expect(await readFirstScreen(name)).toBeNull();
  await store.close();
});

test('asking for the first screen creates no database', async () => {
  const name = nextName();
  expect(await readFirstScreen(name)).toBeNull();
  expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
});

test('a failed transaction leaves memory as it was', async () => {
  const store = await DexieSyncStore.open({ name: nextName(), newId: idMaker(3) });
  const incident = incidentAfter(sampleId(1), []);
  const unstorable = { text: () => 'a function cannot be cloned' };
  const item = {
    id: sampleId(9),
    actor: 'u1',
    incident: incident.id,
    name: 'note@1',
    args: unstorable,
    at: 1,
    baseVersion: 0,
  };
  await expect(enqueue(store, item, incident, null)).rejects.toThrow('could not be cloned');
  expect(await store.view(incident.id)).toBeNull();
  expect(await store.outbox()).toEqual([]);
  expect((await enqueue(store, { ...item, args: {} }, incident, null)).seq).toBe(1);
  await store.close();
});

test('of a gesture that cannot be stored whole nothing is stored', async () => {
  const store = await DexieSyncStore.open({ name: nextName(), newId: idMaker(3) });
  const incident = incidentAfter(sampleId(1), []);
  const item = { actor: 'u1', incident: incident.id, name: 'note@1', at: 1, baseVersion: 0 };
  const stored = { id: sampleId(8), ...item, args: {} };
  const unstorable = { id: sampleId(9), ...item, args: { text: () => 'a function cannot be cloned' } };
  const gesture = [stored, unstorable].map((command) => ({ item: command, view: incident, base: null }));
  await expect(store.enqueue(gesture)).rejects.toThrow('could not be cloned');
  expect([await store.view(incident.id), await store.outbox()]).toEqual([null, []]);
  expect((await store.meta()).nextSeq).toBe(1);
  await store.close();
});

test('a pinned version is what an older console left; a newer one opens it', async () => {
  const name = nextName();
  const old = declareDatabase(name, 'relaxed', 1);
  await old.open();
  await old.table('reference').put({ kind: 'agency', id: 'roads', row: {} });
  old.close();
  const store = await DexieSyncStore.open({ name, newId: idMaker(4) });
  expect(await store.reference()).toEqual([{ kind: 'agency', id: 'roads', row: {} }]);
  await store.close();
});

test('no room has one name, however deep it was met', () => {
  const quota = new DOMException('full', 'QuotaExceededError');
  expect(isDiskFull(quota)).toBe(true);
  expect(isDiskFull(new Error('aborted', { cause: quota }))).toBe(true);
  expect(isDiskFull(Object.assign(new Error('dexie'), { inner: quota }))).toBe(true);
  expect(isDiskFull(new DiskFullError())).toBe(true);
  expect(isDiskFull(new Error('other'))).toBe(false);
});
