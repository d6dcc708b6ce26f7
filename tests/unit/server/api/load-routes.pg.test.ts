import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { MS_PER_HOUR } from '#shared/domain/instant.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { LOAD_HOURS, loadRowsSchema, loadsSchema } from '#shared/protocol/loads.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { withScope } from '#server/store/database.ts';
import { readLoadRows, readLoads } from '#server/sync/loads.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { fillReference, sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let test: TestApi;
let me: TestClient;

beforeAll(async () => {
  test = await testApi([{ role: 'administrator' }, { role: 'operator' }]);
  await fillReference(test.base.db, 'eao');
  const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
  const account = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
  await createAccount(test.base.db, 'amur', account, test.clock.now);
  const topics = ['Ямы', 'Лужи'].map(
    (name) => ({ kind: 'topic', id: name, row: { name, group: 'Дороги' } }) as const,
  );
  await withScope(test.base.db, { region: 'eao' }, (tx) => upsertReference(tx, 'eao', topics));
});
beforeEach(() => {
  me = new TestClient(test.base.db, sessionOfRole('administrator', { account: 'chief' }));
});
afterAll(() => test.stop());

const get = async (login: string, path = '') =>
  test.api.inject({ url: `/api/v1/loads${path}`, headers: bearer(await tokenOf(test.api, login)) });

const route = (id: string, topic: string): RoutingRule => ({ id, topic, agency: 'roads' });

/** Loads each route by a command of its own, under one id. */
async function load(id: string, file: string, takesBack: string | null, ...rows: readonly RoutingRule[]) {
  for (const row of rows) {
    const from = takesBack === null ? null : { validTo: null };
    const args = { kind: 'route', file, takesBack, rows: [{ id: row.id, row, from }] };
    const { outcomes } = await me.push(me.nextEnvelope(id, 'saveRecords', args));
    expect(outcomes).toMatchObject([{ status: 'applied' }]);
  }
}

it('lists what files were loaded, gives their rows, and says which were taken back', async () => {
  const id = uuidv7();
  const rows = [route('one', 'Ямы'), route('two', 'Лужи')];
  await load(id, 'маршруты.xlsx', null, ...rows);
  const listed = loadsSchema.parse((await get('administrator')).json()).loads;
  expect(listed).toMatchObject([
    { id, kind: 'route', file: 'маршруты.xlsx', actor: 'chief', rows: 2, isTakenBack: false },
  ]);
  expect(loadRowsSchema.parse((await get('administrator', `/${id}`)).json())).toEqual({
    kind: 'route',
    rows: rows.map((row) => ({ id: row.id, row, from: null })),
  });
  const closed = rows.map((row) => ({ ...row, validTo: Date.now() }));
  await load(uuidv7(), 'маршруты.xlsx', id, ...closed);
  expect(loadsSchema.parse((await get('administrator')).json()).loads).toMatchObject([
    { id, isTakenBack: true },
  ]);
});

it('is for the administrators of the region, for a day', async () => {
  const id = uuidv7();
  await load(id, 'снова.xlsx', null, { ...route('three', 'Ямы'), validFrom: Date.now() + MS_PER_HOUR });
  expect((await get('operator')).statusCode).toBe(403);
  expect((await get('operator', `/${id}`)).statusCode).toBe(403);
  expect((await get('amur-chief')).json()).toEqual({ loads: [] });
  expect((await get('amur-chief', `/${id}`)).statusCode).toBe(404);
  const later = Date.now() + LOAD_HOURS * MS_PER_HOUR + 1000;
  await withScope(test.base.db, { region: 'eao' }, async (tx) => {
    expect(await readLoads(tx, 'eao', later)).toEqual([]);
    expect(await readLoadRows(tx, 'eao', id, later)).toBeNull();
  });
});

it('does not list what was refused', async () => {
  const id = uuidv7();
  const args = {
    kind: 'route',
    file: 'ошибка.xlsx',
    takesBack: null,
    rows: [{ id: 'four', row: route('four', 'Яма'), from: null }],
  };
  expect((await me.push(me.nextEnvelope(id, 'saveRecords', args))).outcomes).toMatchObject([
    { status: 'refused', refusal: { kind: 'row_refused', why: { kind: 'unknown_topic' } } },
  ]);
  expect((await get('administrator', `/${id}`)).statusCode).toBe(404);
});
