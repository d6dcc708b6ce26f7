import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { withScope } from '#server/store/database.ts';
import { goOnAbove } from '#server/sync/put-back.ts';
import { fillReference, sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let test: TestApi;
let operator: TestClient;
const tokens = new Map<string, string>();
beforeAll(async () => {
  test = await testApi(ROLES.map((role) => ({ role })));
  const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
  const account = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
  await createAccount(test.base.db, 'amur', account, test.clock.now);
  await fillReference(test.base.db, 'eao');
  for (const login of [...ROLES, 'amur-chief']) tokens.set(login, await tokenOf(test.api, login));
  operator = new TestClient(test.base.db, sessionOfRole('operator'));
});
afterAll(() => test.stop());

const ask = async (login: string, next?: unknown) => {
  const headers = bearer(tokens.get(login) ?? '');
  const url = '/api/v1/numbering';
  const answer = await test.api.inject(
    next === undefined ? { url, headers } : { method: 'PUT', url, headers, payload: { next } },
  );
  return [answer.statusCode, answer.json<{ error?: { kind: string } }>().error?.kind ?? answer.json()];
};
const numbersNow = async (): Promise<readonly number[]> => {
  const { rows } = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('incident')
      .select('number')
      .orderBy('number')
      .execute()
      .then((rows) => ({ rows })),
  );
  return rows.map(({ number }) => Number(number));
};

it('a centre chooses its first number while it has given none, and the next message gets it', async () => {
  const [, before] = await ask('administrator');
  expect(before).toMatchObject({ highest: null });
  expect(await ask('administrator', 5000)).toEqual([200, { next: 5000, highest: null }]);
  // Down as well as up: nothing was given yet.
  expect(await ask('administrator', 700)).toEqual([200, { next: 700, highest: null }]);
  await operator.register();
  expect(await numbersNow()).toEqual([700]);
  expect(await ask('administrator')).toEqual([200, { next: 701, highest: 700 }]);
});

it('a number that was given, or one below it, is refused by name, and the count goes up alone', async () => {
  for (const next of [1, 699, 700]) expect(await ask('administrator', next)).toEqual([409, 'numbers_given']);
  expect(await ask('administrator', 900)).toEqual([200, { next: 900, highest: 700 }]);
  // 701 to 899 were never given.
  expect(await ask('administrator', 701)).toEqual([200, { next: 701, highest: 700 }]);
  const lines = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select('detail').where('action', '=', 'setting_changed').execute(),
  );
  expect(lines.map(({ detail }) => detail)).toMatchObject([
    { kind: 'numbering', after: { nextNumber: 5000 } },
    { kind: 'numbering', before: { nextNumber: 5000 }, after: { nextNumber: 700 } },
    { kind: 'numbering', before: { nextNumber: 701 }, after: { nextNumber: 900 } },
    { kind: 'numbering', before: { nextNumber: 900 }, after: { nextNumber: 701 } },
  ]);
});

it.each([0, -1, 1.5, 1_000_000_001, '700', null])('%j is no number', async (next) => {
  expect(await ask('administrator', next)).toEqual([400, 'bad_request']);
});

it.each(ROLES.filter((role) => role !== 'administrator'))('%s reads and changes nothing', async (role) => {
  expect(await ask(role)).toEqual([403, 'forbidden']);
  expect(await ask(role, 9000)).toEqual([403, 'forbidden']);
});

it('an administrator of another region changes that one alone', async () => {
  const before = await ask('administrator');
  expect(await ask('amur-chief', 42)).toMatchObject([200, { next: 42 }]);
  expect(await ask('administrator')).toEqual(before);
});

it('where the database was put back, numbers that it does not know may have been given: they only go up', async () => {
  await withScope(test.base.db, { region: 'eao' }, (tx) => goOnAbove(tx, 'eao', test.clock.now));
  expect(await ask('administrator', 701)).toEqual([409, 'numbers_given']);
  expect(await ask('administrator', 20_000)).toEqual([200, { next: 20_000, highest: 700 }]);
});
