import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountRowSchema, loginResponseSchema, sessionSchema } from '#shared/protocol/session.ts';
import { dismissAccount } from '#server/accounts/dismiss-account.ts';
import { orderForgetting } from '#server/accounts/order-forgetting.ts';
import { withScope } from '#server/store/database.ts';
import { changeRegulation } from '#server/sync/regulation.ts';
import { COMMAND_LINE } from '#shared/protocol/audit.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let test: TestApi;
const URL = '/api/v1/session';

beforeAll(async () => {
  test = await testApi([{ login: 'anna' }, { role: 'executor' }, { role: 'administrator' }]);
});
afterAll(() => test.stop());

const sessionOf = async (login: string) =>
  sessionSchema.parse(
    (await test.api.inject({ url: URL, headers: bearer(await tokenOf(test.api, login)) })).json(),
  );

const rule = (change: object) =>
  withScope(test.base.db, { region: 'eao' }, (tx) =>
    changeRegulation(tx, 'eao', { ...change }, { by: COMMAND_LINE, now: test.clock.now }),
  );

async function rowOf(id: string) {
  const headers = bearer(await tokenOf(test.api, 'administrator'));
  const answer = await test.api.inject({ url: '/api/v1/reference?kind=account', headers });
  const { rows } = answer.json<{ rows: { id: string; row: object }[] }>();
  return accountRowSchema.parse(rows.find((row) => row.id === id)?.row);
}

const order = async (id: string, by: string) =>
  test.api.inject({
    method: 'POST',
    url: `/api/v1/accounts/${id}/forget`,
    headers: bearer(await tokenOf(test.api, by)),
  });

it('a login says when it began and for how many days its region keeps copies', async () => {
  const logIn = async () =>
    loginResponseSchema.parse(
      (
        await test.api.inject({
          method: 'POST',
          url: URL,
          payload: { login: 'anna', password: TEST_PASSWORD },
        })
      ).json(),
    );
  expect(await logIn()).toMatchObject({ begunAt: test.clock.now, region: { copyDays: 30 } });
  await rule({ copyDays: 7 });
  expect((await logIn()).region.copyDays).toBe(7);
  expect((await sessionOf('anna')).region.copyDays).toBe(7);
  for (const copyDays of [0, 366, 1.5, null]) await expect(rule({ copyDays })).rejects.toThrow('copyDays');
  expect((await sessionOf('anna')).region.copyDays).toBe(7);
});

it('an administrator orders a person to be forgotten; nobody else does', async () => {
  const { id } = (await sessionOf('anna')).account;
  for (const by of ['anna', 'executor']) expect((await order(id, by)).statusCode).toBe(403);
  expect(await rowOf(id)).not.toHaveProperty('forgetBefore');
  test.clock.now += 1000;
  expect((await order(id, 'administrator')).json()).toEqual({ done: true });
  expect(await rowOf(id)).toMatchObject({ displayName: 'Оператор', forgetBefore: test.clock.now });
  expect((await order('nobody', 'administrator')).statusCode).toBe(404);
  const actions = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select('action').where('action', '=', 'forgetting_ordered').execute(),
  );
  expect(actions).toHaveLength(1);
  // It ends no session: what waits at a workstation is to be sent first.
  expect((await sessionOf('anna')).account.id).toBe(id);
});

it('no order reaches an account of another region', async () => {
  const { id } = (await sessionOf('anna')).account;
  const order = { region: 'amur', account: id, by: 'test', address: '' };
  expect(await orderForgetting(test.base.db, order, test.clock.now + 1)).toBe(false);
  expect((await rowOf(id)).forgetBefore).toBeLessThanOrEqual(test.clock.now);
});

it('an order outlives a dismissal and its end', async () => {
  const { id } = (await sessionOf('anna')).account;
  const { forgetBefore } = await rowOf(id);
  const by = { region: 'eao', account: id, by: 'test', address: '' };
  for (const isDismissed of [true, false])
    await dismissAccount(test.base.db, { ...by, isDismissed }, test.clock.now);
  expect(await rowOf(id)).toEqual({
    id,
    displayName: 'Оператор',
    role: 'operator',
    agency: null,
    forgetBefore,
  });
});
