import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { ROLES } from '#shared/domain/actor.ts';
import { withScope } from '#server/store/database.ts';
import { readRegulation } from '#server/sync/regulation.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let test: TestApi;
beforeAll(async () => {
  test = await testApi(ROLES.map((role) => ({ role })));
  const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
  const account = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
  await createAccount(test.base.db, 'amur', account, test.clock.now);
});
afterAll(() => test.stop());

const put = async (login: string, payload: object) =>
  test.api.inject({
    method: 'PUT',
    url: '/api/v1/regulation',
    headers: bearer(await tokenOf(test.api, login)),
    payload,
  });
const rules = (region = 'eao') => withScope(test.base.db, { region }, (tx) => readRegulation(tx, region));

it('an administrator changes some rules; the others stay, and the audit log has before and after', async () => {
  const answer = await put('administrator', { ownApproval: 'refused', deferDays: 10 });
  const after = { ...DEFAULT_REGULATION, ownApproval: 'refused', deferDays: 10 };
  expect(answer.json()).toEqual(after);
  expect(await rules()).toEqual(after);
  const lines = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select(['detail', 'address']).where('action', '=', 'setting_changed').execute(),
  );
  expect(lines).toMatchObject([
    {
      address: '127.0.0.1',
      detail: {
        before: { ownApproval: 'allowed', deferDays: 30 },
        after: { ownApproval: 'refused', deferDays: 10 },
      },
    },
  ]);
});

it.each([{ deferDays: 0 }, { deferDays: 367 }, { copyDays: 1.5 }, { ownApproval: 'maybe' }, { other: 1 }])(
  'refuses %j whole',
  async (change) => {
    const before = await rules();
    expect((await put('administrator', { copyDays: 9, ...change })).statusCode).toBe(400);
    expect(await rules()).toEqual(before);
  },
);

it.each(ROLES.filter((role) => role !== 'administrator'))('%s changes nothing', async (role) => {
  const before = await rules();
  expect((await put(role, { copyDays: 3 })).statusCode).toBe(403);
  expect(await rules()).toEqual(before);
});

it('an administrator of another region changes the rules of that one alone', async () => {
  const before = await rules();
  expect((await put('amur-chief', { copyDays: 3 })).statusCode).toBe(200);
  expect(await rules()).toEqual(before);
  expect((await rules('amur')).copyDays).toBe(3);
});
