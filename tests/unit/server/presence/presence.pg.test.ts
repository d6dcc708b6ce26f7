import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccount } from '#server/accounts/create-account.ts';
import { PresenceLine } from '#server/presence/presence-line.ts';
import { fillReference, registerArgs, sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let desk: TestApi;
let here: PresenceLine;
/** Another API process of the installation. */
let there: PresenceLine;
const incident = uuidv7();
const tokens = new Map<string, string>();

beforeAll(async () => {
  const accounts = [
    { login: 'operator' },
    { login: 'operator2' },
    { role: 'observer' } as const,
    { role: 'executor', agency: 'heat' } as const,
  ];
  desk = await testApi(accounts, ({ apiUrl, db }) => {
    here = new PresenceLine(apiUrl, db);
    there = new PresenceLine(apiUrl, db);
    return { presence: here };
  });
  const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
  const stranger = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
  await createAccount(desk.base.db, 'amur', stranger, desk.clock.now);
  there.start();
  await Promise.all([here.isHeard, there.isHeard]);
  await fillReference(desk.base.db, 'eao');
  await new TestClient(desk.base.db, sessionOfRole('operator')).do(incident, 'register', registerArgs());
  for (const login of ['operator', 'operator2', 'observer', 'executor', 'amur-chief'])
    tokens.set(login, await tokenOf(desk.api, login));
});
afterAll(async () => {
  await there.stop();
  await desk.stop();
});

const say = async (login: string, state: string) => {
  const headers = bearer(tokens.get(login) ?? '');
  const payload = { incident, state };
  const answer = await desk.api.inject({ method: 'POST', url: '/api/v1/presence', headers, payload });
  return { status: answer.statusCode, body: answer.json<{ others?: { isWriting: boolean }[] }>() };
};

it('two at one card learn of each other, also through another process', async () => {
  expect(await say('operator', 'writing')).toEqual({ status: 200, body: { others: [] } });
  expect((await say('operator2', 'reading')).body.others).toMatchObject([{ isWriting: true }]);
  expect((await say('operator', 'reading')).body.others).toMatchObject([{ isWriting: false }]);
  const nobody = { region: 'eao', incident, account: '' };
  await expect.poll(() => there.presence.others(nobody).length).toBe(2);
  await say('operator', 'gone');
  await expect.poll(() => there.presence.others(nobody).length).toBe(1);
});

it.each([
  ['another agency’s executor', 'executor', 200, []],
  ['another region', 'amur-chief', 200, []],
  ['an observer', 'observer', 403, undefined],
])('%s is neither told nor told of', async (_who, login, status, others) => {
  await say('operator', 'writing');
  const answer = await say(login, 'writing');
  expect(answer.status).toBe(status);
  expect(answer.body.others).toEqual(others);
  expect((await say('operator2', 'reading')).body.others).toEqual([
    { account: expect.any(String), isWriting: true },
  ]);
});
