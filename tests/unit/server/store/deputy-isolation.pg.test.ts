import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorCode } from '#server/process/startup-error.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Scope, type ScopedTransaction } from '#server/store/database.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

const EAO: Scope = { region: 'eao' };
const AMUR: Scope = { region: 'amur' };
const DENIED = '42501';
const NO_SUCH_KEY = '23503';
const BROKEN_CHECK = '23514';
let base: FreshDatabase;
const id = randomUUID();

const days = { from_day: '2026-12-05', to_day: '2026-12-12', named_at: 1 };
const row = (change: object = {}) => ({
  region_id: 'eao',
  id: randomUUID(),
  account_id: 'anna',
  deputy_id: 'boris',
  ...days,
  ...change,
});
const person = (region_id: string, name: string, agency: string | null = null) => ({
  region_id,
  id: name,
  login: name,
  display_name: name,
  role: agency === null ? ('operator' as const) : ('executor' as const),
  agency,
  password_hash: '',
  created_at: 1,
});

/** The SQLSTATE an attempt fails with, or 'done' when it succeeds. */
async function attempt(scope: Scope, work: (tx: ScopedTransaction) => Promise<unknown>): Promise<string> {
  try {
    await withScope(base.db, scope, work);
    return 'done';
  } catch (error) {
    return errorCode(error) || String(error);
  }
}
const insert = (scope: Scope, change: object) =>
  attempt(scope, (tx) => tx.insertInto('deputyship').values(row(change)).execute());
const seenBy = (scope: Scope) =>
  withScope(base.db, scope, (tx) => tx.selectFrom('deputyship').select('id').execute());

beforeAll(async () => {
  base = await freshDatabase();
  await addRegion(base.owner, { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' });
  await addRegion(base.owner, { code: 'amur', name: 'Амурская область', timeZone: 'Asia/Yakutsk' });
  const own = [person('eao', 'anna'), person('eao', 'boris'), person('eao', 'roads-1', 'roads')];
  await withScope(base.db, EAO, (tx) => tx.insertInto('account').values(own).execute());
  await withScope(base.db, AMUR, (tx) =>
    tx.insertInto('account').values(person('amur', 'amurets')).execute(),
  );
  await withScope(base.db, EAO, (tx) => tx.insertInto('deputyship').values(row({ id })).execute());
});
afterAll(() => base.stop());

it('another region sees none, ends none and names none there', async () => {
  expect(await seenBy(EAO)).toEqual([{ id }]);
  expect(await seenBy(AMUR)).toEqual([]);
  await withScope(base.db, AMUR, async (tx) => {
    expect((await tx.deleteFrom('deputyship').executeTakeFirst()).numDeletedRows).toBe(0n);
  });
  expect(await insert(AMUR, {})).toBe(DENIED);
  expect(await seenBy(EAO)).toEqual([{ id }]);
});

it('nobody of another region is named, whoever names them', async () => {
  expect(await insert(EAO, { deputy_id: 'amurets' })).toBe(NO_SUCH_KEY);
  expect(await insert(AMUR, { region_id: 'amur', account_id: 'amurets' })).toBe(NO_SUCH_KEY);
});

it('an executor makes themselves nobody’s deputy, and sees whoever is away only by the feed', async () => {
  const executor: Scope = { region: 'eao', agency: 'roads', account: 'roads-1' };
  expect(await seenBy(executor)).toEqual([]);
  expect(await insert(executor, { deputy_id: 'roads-1' })).toBe(DENIED);
});

it('a deputyship moves to no other person, has two people, and does not end before it begins', async () => {
  const move = (change: object) =>
    attempt(EAO, (tx) => tx.updateTable('deputyship').set(change).where('id', '=', id).execute());
  expect(await move({ account_id: 'roads-1' })).toBe(DENIED);
  expect(await move({ deputy_id: 'anna' })).toBe(BROKEN_CHECK);
  expect(await move({ to_day: '2026-12-04' })).toBe(BROKEN_CHECK);
  expect(await move({ to_day: '2026-12-20' })).toBe('done');
});
