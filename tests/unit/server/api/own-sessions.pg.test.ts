import { afterAll, beforeAll, expect, it } from 'vitest';
import { MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { personSessionsSchema, type PersonSession } from '#shared/protocol/accounts.ts';
import { loginResponseSchema } from '#shared/protocol/session.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { withScope } from '#server/store/database.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const PATH = '/api/v1/sessions';
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/142.0.0.0 Safari/537.36';
let test: TestApi;

beforeAll(async () => {
  const password = TEST_PASSWORD;
  test = await testApi([{ login: 'anna' }, { login: 'vera', role: 'executor' }, { role: 'administrator' }]);
  const stranger = { login: 'stranger', displayName: 'Чужой', role: 'operator', agency: null } as const;
  await createAccount(test.base.db, 'amur', { ...stranger, id: 'stranger', password }, test.clock.now);
});
afterAll(() => test.stop());

async function logIn(login: string, userAgent = CHROME, remoteAddress = '10.0.0.7') {
  const payload = { login, password: TEST_PASSWORD, token: true };
  const headers = { 'user-agent': userAgent };
  const answer = await test.api.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload,
    headers,
    remoteAddress,
  });
  const { token = '', account } = loginResponseSchema.parse(answer.json());
  return { token, id: account.id };
}
const list = async (token: string, url = PATH): Promise<readonly PersonSession[]> =>
  personSessionsSchema.parse((await test.api.inject({ url, headers: bearer(token) })).json()).sessions;
const end = async (token: string, id: string | null) =>
  test.api.inject({ method: 'POST', url: `${PATH}/end`, headers: bearer(token), payload: { id } });
const isIn = async (token: string) =>
  (await test.api.inject({ url: '/api/v1/session', headers: bearer(token) })).statusCode === 200;

it('a person sees where they are logged in: device, address, first and last use', async () => {
  const { token } = await logIn('anna');
  const [session, ...others] = await list(token);
  const { now } = test.clock;
  expect(others).toEqual([]);
  expect(session).toMatchObject({ device: 'Chrome 142, Windows 10', address: '10.0.0.7', isThis: true });
  expect(session).toMatchObject({ createdAt: now, seenAt: now });
  test.clock.now += 11 * MS_PER_MINUTE;
  await test.api.inject({ url: '/api/v1/session', headers: bearer(token), remoteAddress: '10.0.0.99' });
  expect((await list(token))[0]).toMatchObject({
    address: '10.0.0.99',
    createdAt: now,
    seenAt: test.clock.now,
  });
  await end(token, null);
});

it('what a browser says of itself is told or left out, never a failure', async () => {
  const { token } = await logIn('anna', '');
  await end(token, null);
  await logIn('anna', `<script>${'x'.repeat(2000)}`);
  const devices = (await list(token)).map(({ device }) => device);
  expect(devices).toHaveLength(2);
  expect(devices.join('')).not.toContain('<');
});

it.each(['anna', 'vera'])('%s ends one session, or all others; the one that asks goes on', async (login) => {
  const first = await logIn(login);
  await end(first.token, null);
  const [second, third] = [await logIn(login), await logIn(login)];
  const others = (await list(first.token)).filter(({ isThis }) => !isThis);
  const own = (await list(first.token)).find(({ isThis }) => isThis);
  expect((await end(first.token, own?.id ?? '')).json()).toEqual({ ended: 0 });
  expect((await end(first.token, others[0]?.id ?? '')).json()).toEqual({ ended: 1 });
  expect([await isIn(second.token), await isIn(third.token)].filter(Boolean)).toHaveLength(1);
  expect((await end(first.token, null)).json().ended).toBeGreaterThan(0);
  expect([await isIn(first.token), await isIn(second.token), await isIn(third.token)]).toEqual([
    true,
    false,
    false,
  ]);
  const lines = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select(['actor', 'detail']).where('action', '=', 'sessions_ended').execute(),
  );
  expect(lines.filter(({ actor }) => actor === first.id).at(-2)).toMatchObject({
    detail: { endedSessions: 1 },
  });
});

it('nobody ends a session of somebody else by its name', async () => {
  const [anna, vera] = [await logIn('anna'), await logIn('vera')];
  const target = (await list(vera.token)).find(({ isThis }) => isThis);
  for (const token of [anna.token, await tokenOf(test.api, 'administrator')])
    expect((await end(token, target?.id ?? '')).json()).toEqual({ ended: 0 });
  expect(await isIn(vera.token)).toBe(true);
  expect((await list(anna.token)).some(({ id }) => id === target?.id)).toBe(false);
});

it('an administrator sees anybody’s sessions of the region, and nobody’s of another', async () => {
  const { id, token } = await logIn('vera');
  const chief = await tokenOf(test.api, 'administrator');
  const url = `/api/v1/accounts/${id}/sessions`;
  expect(await list(chief, url)).toHaveLength((await list(token)).length);
  expect((await list(chief, url)).every(({ isThis }) => !isThis)).toBe(true);
  expect(JSON.stringify(await list(chief, url))).not.toContain(token);
  expect(await list((await logIn('stranger')).token)).toHaveLength(1);
  expect(await list(chief, '/api/v1/accounts/stranger/sessions')).toEqual([]);
});
