import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Newcomer } from '#shared/domain/account-rules.ts';
import { addAccount } from '#server/accounts/add-account.ts';
import { dismissAccount } from '#server/accounts/dismiss-account.ts';
import { listAccounts } from '#server/accounts/list-accounts.ts';
import { resetPassword } from '#server/accounts/reset-password.ts';
import { withScope } from '#server/store/database.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const OWN = 'сорок бочек мандаринов';
const OTHER = 'три вагона щебня до обеда';
const BY = { by: 'test', address: '' };
let test: TestApi;

beforeAll(async () => {
  test = await testApi([{ login: 'chief', role: 'administrator' }]);
  await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx
      .insertInto('reference')
      .values({ region_id: 'eao', kind: 'agency', id: 'roads', v: 1, row: '{}' })
      .execute(),
  );
});
afterAll(() => test.stop());

const person = (login: string, change: Partial<Newcomer> = {}): Newcomer => ({
  login,
  displayName: 'Вера Лис',
  role: 'operator',
  agency: null,
  ...change,
});
const add = (newcomer: Newcomer, region = 'eao') =>
  addAccount(test.base.db, { region, ...BY }, newcomer, test.clock.now);
const logIn = (login: string, password: string) =>
  test.api.inject({ method: 'POST', url: '/api/v1/session', payload: { login, password, token: true } });
const setPassword = (token: string, current: string, password: string) =>
  test.api.inject({
    method: 'PUT',
    url: '/api/v1/session/password',
    headers: bearer(token),
    payload: { current, password },
  });
const session = (token: string) => test.api.inject({ url: '/api/v1/session', headers: bearer(token) });

/** Adds an operator; gives the one-time password. */
async function newcomer(login: string): Promise<string> {
  const added = await add(person(login));
  if (added.kind !== 'added') throw new Error(added.why);
  return added.password;
}

it('a one-time password lets in to choose one’s own, and to nothing else', async () => {
  const given = await newcomer('vera');
  const answer = await logIn('vera', given);
  expect(answer.json()).toMatchObject({ account: { login: 'vera' }, mustSetPassword: true });
  const { token } = answer.json();
  for (const url of ['changes?after=0', 'snapshot?part=open', 'stream', 'digest'])
    expect(
      (await test.api.inject({ url: `/api/v1/sync/${url}`, headers: bearer(token) })).json(),
    ).toMatchObject({
      error: { kind: 'password_temporary' },
    });
  for (const url of ['/api/v1/sync/push', '/api/v1/sync/hello'])
    expect(
      (await test.api.inject({ method: 'POST', url, headers: bearer(token), payload: {} })).json(),
    ).toMatchObject({ error: { kind: 'password_temporary' } });

  const set = await setPassword(token, given, OWN);
  const { now: begunAt } = test.clock;
  const whose = { account: { login: 'vera' }, region: { copyDays: 30 }, begunAt };
  expect(set.json()).toMatchObject({ session: whose, ended: 0 });
  expect((await session(token)).json()).not.toHaveProperty('mustSetPassword');
  expect((await logIn('vera', given)).json()).toMatchObject({ error: { kind: 'wrong_password' } });
  expect((await logIn('VERA', OWN)).statusCode).toBe(200);
});

it.each([
  ['short', 'синий трактор'],
  ['long', 'синий трактор '.repeat(20)],
  ['common', 'Парольпароль123'],
  ['common', 'Вера Лис Вера Лис'],
])('a password is refused as %s: %s', async (why, password) => {
  const login = `refused${password.length}`;
  const given = await newcomer(login);
  const { token } = (await logIn(login, given)).json();
  const answer = await setPassword(token, given, password);
  expect([answer.statusCode, answer.json().error.kind]).toEqual([422, `password_${why}`]);
  expect((await setPassword(token, given, given)).json()).toMatchObject({ error: { kind: 'password_same' } });
  expect((await session(token)).json()).toMatchObject({ mustSetPassword: true });
});

it('changing it ends this person’s other sessions and nobody else’s, and is in the audit log', async () => {
  const given = await newcomer('zoya');
  const first = (await logIn('zoya', given)).json().token;
  await setPassword(first, given, OWN);
  const second = await tokenOf(test.api, 'zoya', OWN);
  const chief = await tokenOf(test.api, 'chief');
  expect((await setPassword(second, OWN, OTHER)).json()).toMatchObject({ ended: 1 });
  expect((await session(first)).json()).toMatchObject({ error: { kind: 'unauthenticated' } });
  expect((await session(second)).statusCode).toBe(200);
  expect((await session(chief)).statusCode).toBe(200);
  const lines = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select(['action', 'detail']).where('action', '=', 'password_changed').execute(),
  );
  expect(lines.at(-1)).toEqual({ action: 'password_changed', detail: { endedSessions: 1 } });
  expect(test.logged.join('')).not.toContain(OTHER);
});

it('whoever does not know the current password changes nothing, and is counted like a wrong login', async () => {
  const given = await newcomer('nina');
  const { token } = (await logIn('nina', given)).json();
  const kinds = [];
  for (let tries = 0; tries < 11; tries += 1)
    kinds.push((await setPassword(token, `wrong ${tries}`, OWN)).json().error.kind);
  expect(kinds).toEqual([...Array<string>(10).fill('wrong_password'), 'rate_limited']);
});

it('a reset ends every session and gives a password for one login', async () => {
  const given = await newcomer('olga');
  const { token } = (await logIn('olga', given)).json();
  await setPassword(token, given, OWN);
  const account = (await session(token)).json().account.id;
  const reset = await resetPassword(test.base.db, { region: 'eao', account, ...BY }, test.clock.now);
  const again = reset.kind === 'reset' ? reset.password : '';
  expect((await session(token)).statusCode).toBe(401);
  expect((await logIn('olga', OWN)).statusCode).toBe(401);
  expect((await logIn('olga', again)).json()).toMatchObject({ mustSetPassword: true });
  expect(again).not.toBe(given);
});

it.each<[string, Newcomer]>([
  ['login_taken', person('Chief')],
  ['login_alike', person('ch1ef1', { displayName: 'x' })],
  ['login_letters', person('сhief')],
  ['login_length', person('ab')],
  ['name_length', person('noname', { displayName: '' })],
  ['agency_missing', person('worker', { role: 'executor' })],
  ['agency_unknown', person('worker', { role: 'executor', agency: 'nowhere' })],
  ['agency_needless', person('worker', { agency: 'roads' })],
])('%s', async (why, newcomer_) => {
  await add(person('chlefl'));
  expect(await add(newcomer_)).toEqual({ kind: 'refused', why });
});

it('a login of another region is taken too: nobody chooses a region at the door', async () => {
  await add(person('amurets'), 'amur');
  expect(await add(person('amurets'))).toEqual({ kind: 'refused', why: 'login_taken' });
});

it('the last administrator of a region stays', async () => {
  const people = await listAccounts(test.base.db, 'eao', test.clock.now);
  const chief = people.find(({ login }) => login === 'chief');
  const settle = (isDismissed: boolean) =>
    dismissAccount(
      test.base.db,
      { region: 'eao', account: chief?.id ?? '', isDismissed, ...BY },
      test.clock.now,
    );
  expect(await settle(true)).toEqual({ kind: 'refused', why: 'last_administrator' });
  await add(person('deputy', { role: 'administrator' }));
  await tokenOf(test.api, 'chief');
  const owner = { region: 'eao', account: chief?.id ?? '' };
  const devices = () => withScope(test.base.db, owner, (tx) => tx.selectFrom('device').selectAll().execute());
  expect(await devices()).not.toEqual([]);
  expect(await settle(true)).toEqual({ kind: 'done' });
  expect(await devices()).toEqual([]);
  expect(await settle(false)).toEqual({ kind: 'done' });
});

it('the list says who has not chosen a password, who is closed, and who was seen when; no region sees another', async () => {
  const people = await listAccounts(test.base.db, 'eao', test.clock.now);
  const of = (login: string) => people.find((listed) => listed.login === login);
  expect(of('chief')).toMatchObject({ role: 'administrator', passwordIsTemporary: false, isDisabled: false });
  expect(of('deputy')).toMatchObject({ passwordIsTemporary: true, seenAt: null });
  expect(of('zoya')?.seenAt).toBe(test.clock.now);
  expect(of('amurets')).toBeUndefined();
  expect(JSON.stringify(people)).not.toContain('argon2');
});
