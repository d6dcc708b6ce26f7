import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { reopening } from '#renderer/data/store/reopening.ts';
import { idMaker } from '#tests/helpers/sync-fixtures.ts';

afterEach(() => vi.restoreAllMocks());

async function attempts(name: string): Promise<{ count: number; error: unknown }> {
  let count = 0;
  const open = async (): Promise<never> => {
    count += 1;
    throw new DOMException('words', name);
  };
  return { error: await reopening(open, async () => undefined).catch((error: unknown) => error), count };
}

test('what may pass is tried again three times and then said; what does not pass is said at once', async () => {
  for (const name of ['UnknownError', 'AbortError', 'InvalidStateError'])
    expect((await attempts(name)).count).toBe(4);
  for (const name of ['QuotaExceededError', 'VersionError', 'SecurityError', 'TypeError'])
    expect((await attempts(name)).count).toBe(1);
  expect((await attempts('UnknownError')).error).toMatchObject({ name: 'storage_damaged', message: 'words' });
  expect((await attempts('TypeError')).error).toMatchObject({ name: 'TypeError' });
});

/** A browser whose storage fails so many times and then works. */
function failing(times: number, name: string): { readonly calls: () => number } {
  const open = indexedDB.open.bind(indexedDB);
  let calls = 0;
  vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
    calls += 1;
    if (calls <= times)
      throw new DOMException('Internal error opening backing store for indexedDB.open.', name);
    return open(...args);
  });
  return { calls: () => calls };
}

test('a local copy whose files are held for a moment opens by itself', async () => {
  const { calls } = failing(2, 'UnknownError');
  const store = await DexieSyncStore.open({ name: 'pult:reopen:1', newId: idMaker(5) });
  expect(calls()).toBeGreaterThan(2);
  expect((await store.meta()).clientId).not.toBe('');
  await store.close();
});

test('one that stays closed is told as what it is, not as a full disk', async () => {
  failing(Infinity, 'UnknownError');
  await expect(DexieSyncStore.open({ name: 'pult:reopen:2', newId: idMaker(6) })).rejects.toMatchObject({
    name: 'storage_damaged',
    message: expect.stringContaining('backing store'),
  });
});
