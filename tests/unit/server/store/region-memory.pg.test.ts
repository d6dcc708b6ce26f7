import { expect, it, onTestFinished } from 'vitest';
import { connect, withScope } from '#server/store/database.ts';
import { regionMemory } from '#server/store/region-memory.ts';
import { freshDatabase } from '#tests/helpers/postgres.ts';

it('transactions of one connection remember together, and nothing is told to another', async () => {
  const fresh = await freshDatabase();
  onTestFinished(() => fresh.stop());
  const another = connect(fresh.apiUrl);
  onTestFinished(() => another.destroy());
  const settings = regionMemory<string>();
  const inTransaction = (db: typeof another): Promise<string | undefined> =>
    withScope(db, { region: 'eao' }, (tx) => Promise.resolve(settings(tx).get('eao')));

  await withScope(fresh.db, { region: 'eao' }, async (tx) => void settings(tx).set('eao', 'read'));

  expect(settings(fresh.db).get('eao')).toBe('read');
  expect(await inTransaction(fresh.db)).toBe('read');
  expect(await inTransaction(another)).toBeUndefined();
  expect(regionMemory<string>()(fresh.db).size).toBe(0);
});
