import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '#shared/domain/actor.ts';
import { accountsSchema, type ListedAccount } from '#shared/protocol/accounts.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { withScope } from '#server/store/database.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const PATH = '/api/v1/accounts';
const PERSON = { displayName: 'Вера Лис', role: 'operator', agency: null } as const;
let test: TestApi;

beforeAll(async () => {
  test = await testApi([...ROLES.map((role) => ({ role })), { login: 'anna' }]);
  await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx
      .insertInto('reference')
      .values([
        { region_id: 'eao', kind: 'agency', id: 'roads', v: 1, row: '{}' },
        { region_id: 'eao', kind: 'municipality', id: 'city', v: 1, row: '{}' },
      ])
      .execute(),
  );
  const chief = {
    displayName: 'Чужой',
    role: 'administrator',
    agency: null,
    password: TEST_PASSWORD,
  } as const;
  await createAccount(test.base.db, 'amur', { ...chief, login: 'amur-chief' }, test.clock.now);
});
afterAll(() => test.stop());

type Method = 'GET' | 'POST' | 'PUT';
const ask = async (login: string, method: Method, path: string, payload?: object) =>
  test.api.inject({
    method,
    url: `${PATH}${path}`,
    headers: bearer(await tokenOf(test.api, login)),
    ...(payload === undefined ? {} : { payload }),
  });
const chief = (method: Method, path: string, payload?: object) => ask('administrator', method, path, payload);
const people = async (): Promise<readonly ListedAccount[]> =>
  accountsSchema.parse((await chief('GET', '')).json()).accounts;
const named = async (login: string): Promise<ListedAccount> => {
  const found = (await people()).find((person) => person.login === login);
  if (found === undefined) throw new Error(login);
  return found;
};
const kindOf = (answer: { json: () => { error?: { kind: string } } }) => answer.json().error?.kind;

/** Adds somebody; gives the id and the one-time password. */
async function add(login: string, change: object = {}): Promise<{ id: string; password: string }> {
  const answer = await chief('POST', '', { ...PERSON, login, ...change });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

const auditOf = (id: string) =>
  withScope(test.base.db, { region: 'eao' }, async (tx) => {
    const lines = await tx.selectFrom('audit').select(['action', 'actor', 'detail']).orderBy('id').execute();
    return lines.filter(({ detail }) => (detail as { account?: string }).account === id);
  });

it('an administrator lists people, with who was seen when and has how many sessions', async () => {
  const { sessions } = await named('anna');
  await tokenOf(test.api, 'anna');
  const anna = await named('anna');
  expect(anna).toMatchObject({ role: 'operator', agency: null, isDisabled: false, sessions: sessions + 1 });
  expect(anna.seenAt).toBe(test.clock.now);
  expect(JSON.stringify(await people())).not.toContain('argon2');
});

it('adds somebody with a one-time password, and every console learns the name', async () => {
  const { id, password } = await add('vera');
  const logIn = { method: 'POST', url: '/api/v1/session', payload: { login: 'vera', password } } as const;
  expect((await test.api.inject(logIn)).json()).toMatchObject({ mustSetPassword: true });
  const headers = bearer(await tokenOf(test.api, 'operator'));
  const reference = await test.api.inject({ url: '/api/v1/reference?kind=account', headers });
  expect(reference.body).toContain('Вера Лис');
  const after = { login: 'vera', ...PERSON };
  expect(await auditOf(id)).toMatchObject([{ action: 'account_added', detail: { account: id, after } }]);
});

it.each([
  [409, 'login_taken', { login: 'Anna' }],
  [409, 'login_alike', { login: 'execut0r' }],
  [422, 'login_letters', { login: 'анна' }],
  [422, 'login_length', { login: 'ab' }],
  [422, 'name_length', { displayName: '  ' }],
  [422, 'agency_missing', { role: 'executor' }],
  [422, 'agency_unknown', { role: 'executor', agency: 'nowhere' }],
  [422, 'agency_needless', { agency: 'roads' }],
])('refuses by %i account_%s', async (status, why, change) => {
  const count = (await people()).length;
  const answer = await chief('POST', '', { ...PERSON, login: 'newcomer', ...change });
  expect([answer.statusCode, kindOf(answer)]).toEqual([status, `account_${why}`]);
  expect(await people()).toHaveLength(count);
});

it('changes a name without ending sessions, a role by ending them; both are kept as they were', async () => {
  const { id, displayName } = await named('anna');
  const token = await tokenOf(test.api, 'anna');
  const session = () => test.api.inject({ url: '/api/v1/session', headers: bearer(token) });
  const named_ = { displayName: 'Анна Новая', role: 'operator', agency: null };
  expect((await chief('PUT', `/${id}`, named_)).json()).toEqual({ ended: 0 });
  expect((await session()).json()).toMatchObject({ account: { displayName: 'Анна Новая' } });
  const moved = { displayName: 'Анна Новая', role: 'executor', agency: 'roads' };
  expect((await chief('PUT', `/${id}`, moved)).json().ended).toBeGreaterThan(0);
  expect((await session()).statusCode).toBe(401);
  expect((await auditOf(id)).filter(({ action }) => action === 'account_changed')).toMatchObject([
    { detail: { before: { displayName }, after: { displayName: 'Анна Новая' }, endedSessions: 0 } },
    { detail: { before: { role: 'operator', agency: null }, after: { role: 'executor', agency: 'roads' } } },
  ]);
  expect(kindOf(await chief('PUT', `/${id}`, { ...moved, agency: null }))).toBe('account_agency_missing');
  expect(await named('anna')).toMatchObject(moved);
});

it('the places that a queue opens with are a person’s, known to their console, and no wall', async () => {
  const { id } = await add('placed', { municipalities: ['city'] });
  expect(await named('placed')).toMatchObject({ municipalities: ['city'] });
  const fields = { displayName: 'Вера Лис', role: 'operator', agency: null };
  await chief('PUT', `/${id}`, fields);
  expect(await named('placed')).toMatchObject({ municipalities: ['city'] });
  const headers = bearer(await tokenOf(test.api, 'administrator'));
  const rows = await test.api.inject({ url: '/api/v1/reference?kind=account', headers });
  expect(rows.body).toContain('"municipalities":["city"]');
  const answer = await chief('PUT', `/${id}`, { ...fields, municipalities: ['nowhere'] });
  expect(kindOf(answer)).toBe('account_municipality_unknown');
  expect((await chief('PUT', `/${id}`, { ...fields, municipalities: [] })).json()).toEqual({ ended: 0 });
  expect(await named('placed')).toMatchObject({ municipalities: [] });
  expect((await auditOf(id)).at(-1)).toMatchObject({
    detail: { before: { municipalities: ['city'] }, after: { municipalities: [] } },
  });
});

it('disables: the session ends at once; enables: the password is the old one', async () => {
  const { id } = await named('operator');
  const token = await tokenOf(test.api, 'operator');
  expect((await chief('PUT', `/${id}/disabled`, { disabled: true })).json()).toEqual({ done: true });
  const answer = await test.api.inject({ url: '/api/v1/session', headers: bearer(token) });
  expect(answer.json()).toMatchObject({ error: { kind: 'forbidden', detail: { reason: 'disabled' } } });
  expect(await named('operator')).toMatchObject({ isDisabled: true });
  await chief('PUT', `/${id}/disabled`, { disabled: false });
  await tokenOf(test.api, 'operator');
});

it('resets a password: it is given once, sessions end', async () => {
  const { id, password } = await add('reset.me');
  const again = await chief('POST', `/${id}/password`);
  expect(again.headers['cache-control']).toBe('no-store');
  const payload = { login: 'reset.me', password };
  expect((await test.api.inject({ method: 'POST', url: '/api/v1/session', payload })).statusCode).toBe(401);
  const fresh = { login: 'reset.me', password: again.json().password };
  expect((await test.api.inject({ method: 'POST', url: '/api/v1/session', payload: fresh })).statusCode).toBe(
    200,
  );
  expect(test.logged.join('')).not.toContain(again.json().password);
  expect(JSON.stringify(await auditOf(id))).not.toContain(again.json().password);
});

it('ends all of somebody’s sessions, one’s own but for the one that asks', async () => {
  const { id } = await named('approver');
  const token = await tokenOf(test.api, 'approver');
  expect((await chief('POST', `/${id}/sessions/end`)).json().ended).toBeGreaterThan(0);
  expect((await test.api.inject({ url: '/api/v1/session', headers: bearer(token) })).statusCode).toBe(401);
  const own = await tokenOf(test.api, 'administrator');
  const me = await named('administrator');
  const url = `${PATH}/${me.id}/sessions/end`;
  await test.api.inject({ method: 'POST', url, headers: bearer(own) });
  expect((await test.api.inject({ url: '/api/v1/session', headers: bearer(own) })).statusCode).toBe(200);
  expect((await named('administrator')).sessions).toBe(2);
});

it('nobody shuts themselves out, and the last administrator stays one', async () => {
  const me = await named('administrator');
  const demoted = { displayName: me.displayName, role: 'operator', agency: null };
  const tries = () =>
    Promise.all([
      chief('PUT', `/${me.id}/disabled`, { disabled: true }),
      chief('PUT', `/${me.id}`, demoted),
      chief('POST', `/${me.id}/password`),
    ]);
  expect((await tries()).map(kindOf)).toEqual([
    'account_last_administrator',
    'account_last_administrator',
    'account_oneself',
  ]);
  await add('second', { role: 'administrator' });
  expect((await tries()).map(kindOf)).toEqual(Array(3).fill('account_oneself'));
  expect((await chief('PUT', `/${me.id}`, { ...demoted, role: 'administrator' })).statusCode).toBe(200);
});

/** Every act there is, on an account that is named. */
const ACTS: readonly (readonly [Method, string, object?])[] = [
  ['PUT', '', PERSON],
  ['PUT', '/disabled', { disabled: true }],
  ['POST', '/password'],
  ['POST', '/sessions/end'],
  ['POST', '/forget'],
];

describe.each(ROLES.filter((role: Role) => role !== 'administrator'))('%s', (role) => {
  it('sees and does nothing here', async () => {
    const { id } = await named('executor');
    const answers = await Promise.all([
      ask(role, 'GET', ''),
      ask(role, 'POST', '', { ...PERSON, login: 'intruder' }),
      ...ACTS.map(([method, path, body]) => ask(role, method, `/${id}${path}`, body)),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(answers.length).fill(403));
    expect(await named('executor')).toMatchObject({ role: 'executor', isDisabled: false });
  });
});

it('an administrator of another region finds none of these people', async () => {
  const target = await named('executor');
  const seen = await ask('amur-chief', 'GET', '');
  expect(seen.json().accounts.map(({ login }: ListedAccount) => login)).toEqual(['amur-chief']);
  const token = await tokenOf(test.api, 'executor');
  for (const [method, path, body] of ACTS)
    expect((await ask('amur-chief', method, `/${target.id}${path}`, body)).statusCode).toBe(404);
  expect(await named('executor')).toMatchObject({ displayName: target.displayName, isDisabled: false });
  expect((await test.api.inject({ url: '/api/v1/session', headers: bearer(token) })).statusCode).toBe(200);
});

it('a page of another site does nothing by the cookie', async () => {
  const { id } = await named('executor');
  const { cookies } = await test.api.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login: 'administrator', password: TEST_PASSWORD },
  });
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const [method, path, payload] of [...ACTS, ['POST', '/../', { ...PERSON, login: 'forged' }] as const])
    expect(
      (
        await test.api.inject({
          method,
          url: path === '/../' ? PATH : `${PATH}/${id}${path}`,
          headers: { cookie, origin: 'https://elsewhere.example' },
          ...(payload === undefined ? {} : { payload }),
        })
      ).json(),
    ).toMatchObject({ error: { kind: 'forbidden', detail: { reason: 'origin' } } });
});
