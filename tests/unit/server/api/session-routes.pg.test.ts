import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { ACCOUNT_HEADER, accountMark, loginResponseSchema } from '#shared/protocol/session.ts';
import { withScope } from '#server/store/database.ts';
import { TEST_PASSWORD, bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let test: TestApi;
const URL = '/api/v1/session';

beforeAll(async () => {
  test = await testApi([
    { login: 'Анна' },
    { role: 'executor' },
    { role: 'administrator' },
    { login: 'closed' },
  ]);
});
afterAll(() => test.stop());

const logIn = (payload: object, headers: Record<string, string> = {}, remoteAddress = '10.0.0.1') =>
  test.api.inject({ method: 'POST', url: URL, payload, headers, remoteAddress });

async function auditActions(region: string): Promise<string[]> {
  const rows = await withScope(test.base.db, { region }, (tx) =>
    tx.selectFrom('audit').select('action').orderBy('id').execute(),
  );
  return rows.map((row) => row.action);
}

describe('coming in', () => {
  it('a browser gets an HttpOnly cookie and no token', async () => {
    const answer = await logIn({ login: 'анна', password: TEST_PASSWORD });
    expect(answer.statusCode).toBe(200);
    const body = loginResponseSchema.parse(answer.json());
    expect(body).toMatchObject({
      account: { login: 'Анна', displayName: 'Оператор', role: 'operator', agency: null },
      region: { code: 'eao', name: 'Еврейская автономная область', timeZone: 'Asia/Vladivostok' },
    });
    expect(body.token).toBeUndefined();
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ name: 'pult_session', httpOnly: true, sameSite: 'Strict', path: '/' });
    const again = await test.api.inject({ url: URL, cookies: { pult_session: cookie?.value ?? '' } });
    expect(again.json()).toMatchObject({ account: { login: 'Анна' } });
    expect(await auditActions('eao')).toContain('login');
  });

  it('a program gets a token and no cookie', async () => {
    const answer = await logIn({ login: 'executor', password: TEST_PASSWORD, token: true });
    expect(answer.cookies).toEqual([]);
    const { token = '' } = loginResponseSchema.parse(answer.json());
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { rows } = await test.base.owner.getExecutor().executeQuery<{ found: boolean }>(
      test.base.owner
        .selectFrom('session')
        .select((eb) => eb.fn.countAll().as('found'))
        .where('token_hash', '=', Buffer.from(token))
        .compile(),
    );
    expect(Number(rows[0]?.found)).toBe(0);
  });

  it.each([
    ['a wrong password', { login: 'Анна', password: 'x' }],
    ['an unknown name', { login: 'nobody', password: TEST_PASSWORD }],
  ])('%s is refused in the same words', async (_what, payload) => {
    const answer = await logIn(payload);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toEqual({
      error: { kind: 'wrong_password', message: 'The login or the password is wrong.' },
    });
  });

  it('failures are in the audit log, of unknown names outside every region', async () => {
    expect(await auditActions('eao')).toContain('login_failed');
    expect(await auditActions('-')).toEqual(['login_failed']);
  });

  it('a closed account is told so only with the right password, and its session stops working', async () => {
    const token = await tokenOf(test.api, 'closed');
    await withScope(test.base.db, { region: 'eao' }, (tx) =>
      tx.updateTable('account').set({ disabled: true }).where('login', '=', 'closed').execute(),
    );
    expect((await logIn({ login: 'closed', password: 'x' })).json()).toMatchObject({
      error: { kind: 'wrong_password' },
    });
    expect((await logIn({ login: 'closed', password: TEST_PASSWORD })).json()).toMatchObject({
      error: { kind: 'forbidden' },
    });
    const answer = await test.api.inject({ url: URL, headers: bearer(token) });
    expect(answer.statusCode).toBe(403);
  });

  it('guessing is stopped for this name from this address, for others not; time and the right password forgive', async () => {
    const guess = (address: string, password = 'x') =>
      logIn({ login: 'administrator', password }, {}, address);
    const guesses = await Promise.all(Array.from({ length: 14 }, () => guess('10.9.9.9')));
    expect(guesses.filter((answer) => answer.statusCode === 429)).toHaveLength(4);
    const limited = await guess('10.9.9.9', TEST_PASSWORD);
    expect(limited.statusCode).toBe(429);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(60);
    expect((await guess('10.9.9.8', TEST_PASSWORD)).statusCode).toBe(200);
    expect((await logIn({ login: 'Анна', password: TEST_PASSWORD }, {}, '10.9.9.9')).statusCode).toBe(200);
    test.clock.now += 16 * 60_000;
    expect((await guess('10.9.9.9', TEST_PASSWORD)).statusCode).toBe(200);
    expect((await auditActions('eao')).filter((action) => action === 'login_limited')).toHaveLength(1);
  });
});

describe('a session', () => {
  it('is wanted, and made-up or ended tokens are told from expired ones', async () => {
    const kindOf = async (headers: Record<string, string>) =>
      (await test.api.inject({ url: URL, headers })).json().error?.kind;
    expect(await kindOf({})).toBe('unauthenticated');
    expect(await kindOf(bearer('A'.repeat(43)))).toBe('unauthenticated');
    const ended = await tokenOf(test.api, 'Анна');
    expect((await test.api.inject({ method: 'DELETE', url: URL, headers: bearer(ended) })).statusCode).toBe(
      204,
    );
    expect(await kindOf(bearer(ended))).toBe('unauthenticated');
    const token = await tokenOf(test.api, 'Анна');
    test.clock.now += 29 * MS_PER_DAY;
    expect(await kindOf(bearer(token))).toBeUndefined();
    test.clock.now += 29 * MS_PER_DAY;
    expect(await kindOf(bearer(token))).toBeUndefined();
    test.clock.now += 31 * MS_PER_DAY;
    expect(await kindOf(bearer(token))).toBe('session_expired');
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a look-alike', { origin: 'http://localhost.evil.example' }],
    ['our host on another port', { origin: 'http://localhost:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a browser that hides the origin', { 'sec-fetch-site': 'cross-site' }],
  ])('a cookie does not work for %s', async (_what, headers) => {
    const { cookies } = await logIn({ login: 'Анна', password: TEST_PASSWORD });
    const cookie = { pult_session: cookies[0]?.value ?? '' };
    const foreign = await test.api.inject({
      method: 'DELETE',
      url: URL,
      cookies: cookie,
      headers: { host: 'localhost:7979', ...headers },
    });
    expect(foreign.json()).toMatchObject({ error: { kind: 'forbidden', detail: { reason: 'origin' } } });
    expect((await logIn({ login: 'Анна', password: TEST_PASSWORD }, headers)).statusCode).toBe(403);
    const own = await test.api.inject({
      method: 'DELETE',
      url: URL,
      cookies: cookie,
      headers: { host: 'localhost:7979', origin: 'http://localhost:7979' },
    });
    expect(own.statusCode).toBe(204);
    // What the browser itself keeps of residents' photos goes with the session.
    expect(own.headers['clear-site-data']).toBe('"cache"');
  });
});

describe('a request that was meant for another person', () => {
  const hello = { protocols: [1], appVersion: '1', clientId: '019aa000-0000-7000-8000-00000000000a' };
  it.each([
    ['GET', URL, undefined],
    ['POST', '/api/v1/sync/hello', hello],
    ['GET', '/api/v1/sync/snapshot?part=reference', undefined],
    ['GET', '/api/v1/sync/digest', undefined],
    ['GET', '/api/v1/reference?kind=account', undefined],
    ['DELETE', URL, undefined],
  ] as const)('%s %s is refused as one without a session', async (method, url, payload) => {
    const token = await tokenOf(test.api, 'executor');
    const { account, region } = loginResponseSchema.parse(
      (await test.api.inject({ url: URL, headers: bearer(token) })).json(),
    );
    const ask = (mark: string) =>
      test.api.inject({
        method,
        url,
        headers: { ...bearer(token), [ACCOUNT_HEADER]: mark },
        ...(payload === undefined ? {} : { payload }),
      });
    const others = [
      accountMark({ region, account: { ...account, id: `${account.id}x` } }),
      accountMark({ region: { ...region, code: 'amur' }, account }),
      '',
    ];
    for (const mark of others) {
      const answer = await ask(mark);
      expect([answer.statusCode, answer.json().error.kind]).toEqual([401, 'unauthenticated']);
    }
    expect((await ask(accountMark({ region, account }))).statusCode).toBeLessThan(300);
  });
});
