import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { COMMAND_LINE } from '#shared/protocol/audit.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { SecondFactor } from '#server/second-factor/second-factor.ts';
import { codeOfStep, stepAt, STEP_MS } from '#server/second-factor/totp.ts';
import { withScope } from '#server/store/database.ts';
import { changeRegulation } from '#server/sync/regulation.ts';
import { factorSecret } from '#tests/helpers/factor-secret.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const OWN = '/api/v1/session/second-factor';
const key = randomBytes(32);
let test: TestApi;
let count = 0;

beforeAll(async () => {
  const clock: { at?: () => number } = {};
  test = await testApi(
    ROLES.map((role) => ({ role, id: role })),
    ({ db }) => ({ secondFactor: new SecondFactor({ db, now: () => clock.at?.() ?? 0, key }) }),
  );
  clock.at = () => test.clock.now;
  const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
  const account = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
  await createAccount(test.base.db, 'amur', account, test.clock.now);
});
afterAll(() => test.stop());
// Each test begins in a step whose codes nobody has used.
beforeEach(() => {
  test.clock.now += 10 * STEP_MS;
});

const post = (url: string, payload: object, headers = {}) =>
  test.api.inject({ method: 'POST', url, payload, headers });
const kindOf = (answer: { json: () => { error?: { kind: string } } }) => answer.json().error?.kind;
const logIn = (login: string, code?: string, password = TEST_PASSWORD) =>
  post('/api/v1/session', { login, password, token: true, ...(code === undefined ? {} : { code }) });
const codeNow = (secret: Buffer, drift = 0): string => codeOfStep(secret, stepAt(test.clock.now) + drift);

interface Person {
  readonly login: string;
  readonly token: string;
  readonly secret: Buffer;
  readonly spares: readonly string[];
}

/** Somebody new who has a factor, and a session from before. */
async function withFactor(): Promise<Person> {
  count += 1;
  const login = `person.${count}`;
  const person = { login, displayName: login, role: 'operator', agency: null } as const;
  await createAccount(test.base.db, 'eao', { ...person, id: login, password: TEST_PASSWORD }, test.clock.now);
  const token = await tokenOf(test.api, login);
  const begun = await post(`${OWN}/begin`, { password: TEST_PASSWORD }, bearer(token));
  const secret = factorSecret(begun.json().secret);
  const confirmed = await post(`${OWN}/confirm`, { code: codeNow(secret) }, bearer(token));
  expect(confirmed.statusCode).toBe(200);
  test.clock.now += STEP_MS;
  return { login, token, secret, spares: confirmed.json().spares };
}

const demand = (secondFactor: readonly string[]) =>
  withScope(test.base.db, { region: 'eao' }, (tx) =>
    changeRegulation(tx, 'eao', { secondFactor }, { by: COMMAND_LINE, now: test.clock.now }),
  );

it('whoever has set one up comes in by password and code; the right password alone opens nothing', async () => {
  const { login, token, secret } = await withFactor();
  expect(kindOf(await logIn(login))).toBe('second_factor_needed');
  expect((await logIn(login, codeNow(secret))).statusCode).toBe(200);
  const own = await test.api.inject({ url: OWN, headers: bearer(token) });
  expect(own.json()).toEqual({ isOn: true, isDemanded: false, spares: 10 });
  const headers = bearer(await tokenOf(test.api, 'administrator'));
  const { accounts } = (await test.api.inject({ url: '/api/v1/accounts', headers })).json();
  const hasFactor = (whose: string) =>
    (accounts as { login: string; hasSecondFactor: boolean }[]).find((one) => one.login === whose)
      ?.hasSecondFactor;
  expect([hasFactor(login), hasFactor('operator')]).toEqual([true, false]);
});

it('a wrong password beside a right code is a wrong password, and uses the code not up', async () => {
  const { login, secret } = await withFactor();
  expect(kindOf(await logIn(login, codeNow(secret), 'неверный пароль совсем'))).toBe('wrong_password');
  expect((await logIn(login, codeNow(secret))).statusCode).toBe(200);
});

describe('attacks', () => {
  it('a code is not good twice, nor one before it', async () => {
    const { login, secret } = await withFactor();
    expect((await logIn(login, codeNow(secret))).statusCode).toBe(200);
    expect(kindOf(await logIn(login, codeNow(secret)))).toBe('second_factor_wrong');
    expect(kindOf(await logIn(login, codeNow(secret, -1)))).toBe('second_factor_wrong');
    expect((await logIn(login, codeNow(secret, 1))).statusCode).toBe(200);
  });

  it('the code that confirmed it does not let in as well', async () => {
    const { login, secret } = await withFactor();
    test.clock.now -= STEP_MS;
    expect(kindOf(await logIn(login, codeNow(secret)))).toBe('second_factor_wrong');
  });

  it('of eight who send one code at once, one comes in', async () => {
    const { login, secret, spares } = await withFactor();
    for (const code of [codeNow(secret), must(spares[0], 'a spare code')]) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => logIn(login, code)));
      expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    }
  });

  it('guesses are paused after ten, from whichever address, and the right code waits as well', async () => {
    const { login, secret } = await withFactor();
    const right = codeNow(secret);
    const wrong = right === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 10; tries += 1) {
      const payload = { login, password: TEST_PASSWORD, code: wrong };
      const remoteAddress = `10.1.${tries}.1`;
      const answer = await test.api.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload,
        remoteAddress,
      });
      expect(kindOf(answer)).toBe('second_factor_wrong');
    }
    const paused = await logIn(login, right);
    expect([kindOf(paused), Number(paused.headers['retry-after'])]).toEqual(['rate_limited', 120]);
    test.clock.now += 120_000;
    expect((await logIn(login, codeNow(secret))).statusCode).toBe(200);
    expect((await logIn('observer')).statusCode).toBe(200);
  });

  it('a login without a code between guesses forgives none of them', async () => {
    const { login } = await withFactor();
    for (let tries = 0; tries < 10; tries += 1) {
      await logIn(login);
      await logIn(login, 'aaaaa-aaaaa');
    }
    expect(kindOf(await logIn(login, 'aaaaa-aaaaa'))).toBe('rate_limited');
  });

  it('an unlocked workstation is not enough: each act asks for the password, and a code', async () => {
    const { token, secret } = await withFactor();
    const headers = bearer(token);
    for (const act of ['begin', 'spares', 'remove']) {
      const wrong = { password: 'неверный пароль совсем', code: codeNow(secret) };
      expect(kindOf(await post(`${OWN}/${act}`, wrong, headers))).toBe('wrong_password');
      const guessed = { password: TEST_PASSWORD, code: 'aaaaa-aaaaa' };
      expect(kindOf(await post(`${OWN}/${act}`, guessed, headers))).toBe('second_factor_wrong');
    }
    const alone = await post(`${OWN}/begin`, { password: TEST_PASSWORD }, headers);
    expect(kindOf(alone)).toBe('second_factor_needed');
  });

  it('nobody resets another’s but an administrator of the region, and nobody their own', async () => {
    const { login, secret } = await withFactor();
    const reset = async (by: string, whose = login) =>
      post(`/api/v1/accounts/${whose}/second-factor/reset`, {}, bearer(await tokenOf(test.api, by)));
    for (const role of ROLES.filter((one) => one !== 'administrator'))
      expect((await reset(role)).statusCode).toBe(403);
    expect((await reset('amur-chief')).statusCode).toBe(404);
    expect(kindOf(await reset('administrator', 'administrator'))).toBe('account_oneself');
    expect(kindOf(await logIn(login))).toBe('second_factor_needed');
    expect((await reset('administrator')).statusCode).toBe(200);
    expect((await logIn(login)).statusCode).toBe(200);
    expect((await reset('administrator')).statusCode).toBe(404);
    expect((await logIn(login, codeNow(secret))).statusCode).toBe(200);
  });

  it('rows of another region and of another executor are not there', async () => {
    const { login } = await withFactor();
    const seenBy = (scope: { region: string; agency?: string; account?: string }) =>
      withScope(test.base.db, scope, (tx) => tx.selectFrom('second_factor').select('account_id').execute());
    expect(await seenBy({ region: 'amur' })).toEqual([]);
    expect(await seenBy({ region: 'eao', agency: 'roads', account: 'executor' })).toEqual([]);
    expect(await seenBy({ region: 'eao' })).toContainEqual({ account_id: login });
    const steal = withScope(test.base.db, { region: 'eao' }, (tx) =>
      tx.updateTable('second_factor').set({ region_id: 'amur' }).where('account_id', '=', login).execute(),
    );
    await expect(steal).rejects.toThrow(/row-level security/);
  });

  it('the database and the log tell no secret, no code and no spare code', async () => {
    const { login, secret, spares } = await withFactor();
    const code = codeNow(secret);
    await logIn(login, code);
    await logIn(login, spares[1]);
    const rows = await withScope(test.base.db, { region: 'eao' }, async (tx) => [
      ...(await tx.selectFrom('second_factor').selectAll().execute()),
      ...(await tx.selectFrom('audit').select(['detail', 'action']).execute()),
    ]);
    const told = JSON.stringify(rows) + test.logged.join('');
    for (const secretText of [secret.toString('base64'), secret.toString('hex'), ...spares])
      expect(told).not.toContain(secretText);
    expect(test.logged.join('')).not.toContain(code);
  });
});

it('a spare code lets in once, and is counted down in the log', async () => {
  const { login, token, secret, spares } = await withFactor();
  const [first = '', second = ''] = spares;
  expect((await logIn(login, first.toUpperCase())).statusCode).toBe(200);
  expect(kindOf(await logIn(login, first))).toBe('second_factor_wrong');
  const lines = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('audit')
      .select('detail')
      .where('actor', '=', login)
      .where('action', '=', 'login_spare')
      .execute(),
  );
  expect(lines).toEqual([{ detail: { left: 9 } }]);
  const act = { password: TEST_PASSWORD, code: codeNow(secret) };
  const renewed = await post(`${OWN}/spares`, act, bearer(token));
  expect(renewed.json().spares).toHaveLength(10);
  expect(kindOf(await logIn(login, second))).toBe('second_factor_wrong');
  expect((await logIn(login, renewed.json().spares[0])).statusCode).toBe(200);
});

it('nothing changes before the code has confirmed, and a secret that waited too long is none', async () => {
  const token = await tokenOf(test.api, 'approver');
  const begin = async () => {
    const begun = await post(`${OWN}/begin`, { password: TEST_PASSWORD }, bearer(token));
    return factorSecret(begun.json().secret);
  };
  const [old, secret] = [await begin(), await begin()];
  const confirm = (code: string) => post(`${OWN}/confirm`, { code }, bearer(token));
  expect(kindOf(await confirm(codeNow(old)))).toBe('second_factor_wrong');
  expect((await logIn('approver')).statusCode).toBe(200);
  test.clock.now += 16 * 60_000;
  expect(kindOf(await confirm(codeNow(secret)))).toBe('second_factor_stale');
  const again = await begin();
  expect((await confirm(codeNow(again))).statusCode).toBe(200);
  const act = { password: TEST_PASSWORD, code: codeNow(again, 1) };
  expect((await post(`${OWN}/remove`, act, bearer(token))).statusCode).toBe(200);
  expect((await logIn('approver')).statusCode).toBe(200);
});

it('another telephone takes the place of the first', async () => {
  const { login, token, secret } = await withFactor();
  const act = { password: TEST_PASSWORD, code: codeNow(secret) };
  const begun = await post(`${OWN}/begin`, act, bearer(token));
  const other = factorSecret(begun.json().secret);
  expect((await post(`${OWN}/confirm`, { code: codeNow(other) }, bearer(token))).statusCode).toBe(200);
  test.clock.now += STEP_MS;
  expect(kindOf(await logIn(login, codeNow(secret)))).toBe('second_factor_wrong');
  expect((await logIn(login, codeNow(other))).statusCode).toBe(200);
});

it('demanded of a role it is set up at the next login, before anything opens; who is in goes on', async () => {
  const before = await tokenOf(test.api, 'executor');
  await demand(['executor']);
  const reach = (token: string, url: string) => test.api.inject({ url, headers: bearer(token) });
  expect((await reach(before, '/api/v1/reference')).statusCode).toBe(200);
  const entered = (await logIn('executor')).json();
  expect(entered).toMatchObject({ mustSetFactor: true });
  const { token } = entered;
  for (const url of ['/api/v1/reference', '/api/v1/sessions', '/api/v1/audit'])
    expect([url, kindOf(await reach(token, url))]).toEqual([url, 'second_factor_demanded']);
  expect((await reach(token, '/api/v1/session')).json()).toMatchObject({ mustSetFactor: true });
  const secret = factorSecret((await post(`${OWN}/begin`, {}, bearer(token))).json().secret);
  expect((await post(`${OWN}/confirm`, { code: codeNow(secret) }, bearer(token))).statusCode).toBe(200);
  expect((await reach(token, '/api/v1/reference')).statusCode).toBe(200);
  expect((await reach(token, OWN)).json()).toMatchObject({ isOn: true, isDemanded: true });
  const act = { password: TEST_PASSWORD, code: codeNow(secret, 1) };
  expect(kindOf(await post(`${OWN}/remove`, act, bearer(token)))).toBe('second_factor_demanded');
  expect(kindOf(await logIn('executor'))).toBe('second_factor_needed');
  expect((await logIn('operator')).json()).not.toHaveProperty('mustSetFactor');
  await demand([]);
});

it('whom another system lets in is asked for none', async () => {
  await demand(['observer']);
  const token = (await logIn('observer')).json().token;
  await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.updateTable('account').set({ judged_by: 'provider' }).where('id', '=', 'observer').execute(),
  );
  const begun = await post(`${OWN}/begin`, {}, bearer(token));
  expect(kindOf(begun)).toBe('second_factor_elsewhere');
  await demand([]);
});
