import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { loginResponseSchema } from '#shared/protocol/session.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { tidy } from '#server/accounts/login-limit.ts';
import { buildApp } from '#server/api/app.ts';
import { withScope } from '#server/store/database.ts';
import { TEST_PASSWORD, testApi, type TestApi } from '#tests/helpers/test-api.ts';

const MINUTE = 60_000;
const OFFICE = '10.0.0.1';
let test: TestApi;

beforeAll(async () => {
  test = await testApi([{ login: 'anna' }, { login: 'oleg' }, { login: 'vera' }]);
});
afterAll(() => test.stop());
beforeEach(() => test.base.owner.deleteFrom('login_attempt').execute());

interface Attempt {
  readonly login?: string;
  readonly password?: string;
  readonly address?: string;
  readonly device?: string;
}

const logIn = ({ login = 'anna', password = TEST_PASSWORD, address = OFFICE, device }: Attempt) =>
  test.api.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login, password },
    remoteAddress: address,
    ...(device === undefined ? {} : { cookies: { pult_device: device } }),
  });
const status = async (attempt: Attempt) => (await logIn(attempt)).statusCode;
const guess = (attempt: Attempt) => status({ password: 'wrong', ...attempt });

async function guessMany(count: number, attempt: (n: number) => Attempt): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n += 10)
    found.push(...(await Promise.all(Array.from({ length: 10 }, (_, i) => guess(attempt(n + i))))));
  return found;
}

it('a hundred and more wrong logins from an address lock nobody behind it out', async () => {
  const found = await guessMany(150, (n) => ({ login: `somebody-${n}` }));
  expect(new Set(found)).toEqual(new Set([401]));
  expect(await status({ login: 'oleg' })).toBe(200);
  expect(await status({ login: 'anna' })).toBe(200);
  // A slip of the finger is still forgiven.
  expect(await guess({ login: 'vera' })).toBe(401);
  expect(await status({ login: 'vera' })).toBe(200);
});

it('whoever guesses at many from one network has fewer guesses at each', async () => {
  await guessMany(110, (n) => ({ login: `somebody-${n}` }));
  expect(await guessMany(10, () => ({ login: 'oleg' }))).toEqual(
    expect.arrayContaining([...Array<number>(3).fill(401), ...Array<number>(7).fill(429)]),
  );
  // Elsewhere nobody notices.
  expect(await status({ login: 'oleg', address: '10.7.7.7' })).toBe(200);
});

it('pauses grow, stand for those alone who have guessed, and do not grow by not waiting', async () => {
  const pauses: number[] = [];
  await guessMany(10, () => ({}));
  for (let n = 0; n < 5; n += 1) {
    const answers = [await logIn({ password: 'x' }), await logIn({}), await logIn({ password: 'x' })];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([429, 429, 429]);
    const [first, ...others] = answers.map(({ headers }) => Number(headers['retry-after']));
    expect(others).toEqual([first, first]);
    pauses.push(must(first, 'a pause'));
    expect(await status({ login: 'oleg' })).toBe(200);
    expect(await status({ address: '10.7.7.7' })).toBe(200);
    test.clock.now += must(first, 'a pause') * 1000;
    expect(await guess({})).toBe(401);
  }
  expect(pauses).toEqual([2, 4, 8, 15, 15].map((minutes) => minutes * 60));
  test.clock.now += 15 * MINUTE;
  expect(await status({})).toBe(200);
  expect(await guess({})).toBe(401);
});

it('a device where a person has come in before is judged by itself, and only for that person', async () => {
  const first = await logIn({});
  const device = must(
    first.cookies.find(({ name }) => name === 'pult_device'),
    'a device',
  );
  expect(device).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/v1/session' });
  await guessMany(30, () => ({}));
  await guessMany(120, (n) => ({ address: `10.8.${n}.1` }));
  expect(await status({})).toBe(429);
  expect(await status({ device: device.value })).toBe(200);
  // Oleg comes in there too, and it is still one device, known by both.
  const oleg = await logIn({ login: 'oleg', device: device.value });
  expect(oleg.cookies.find(({ name }) => name === 'pult_device')?.value).toBe(device.value);
  await guessMany(10, () => ({ login: 'vera' }));
  expect(await status({ login: 'vera', device: device.value })).toBe(429);
  expect(await status({ device: 'A'.repeat(43) })).toBe(429);
  // Guessing at the device itself pauses it, and nobody else.
  await guessMany(10, () => ({ login: 'oleg', device: device.value }));
  expect(await status({ login: 'oleg', device: device.value })).toBe(429);
  expect(await status({ device: device.value })).toBe(200);
  expect(await status({ login: 'oleg' })).toBe(200);
});

it('a program with a token is told its device and comes back with it', async () => {
  const post = (payload: object) =>
    test.api.inject({ method: 'POST', url: '/api/v1/session', payload, remoteAddress: OFFICE });
  const right = { login: 'anna', password: TEST_PASSWORD, token: true };
  const { device } = loginResponseSchema.parse((await post(right)).json());
  await guessMany(20, () => ({}));
  expect((await post(right)).statusCode).toBe(429);
  expect((await post({ ...right, device })).statusCode).toBe(200);
});

it('an IPv6 network is one place, its neighbours are others', async () => {
  await guessMany(10, (n) => ({ address: `2001:db8:1:2::${n + 1}` }));
  expect(await status({ address: '2001:db8:1:2:aaaa:bbbb:cccc:dddd' })).toBe(429);
  expect(await status({ address: '2001:db8:1:3::1' })).toBe(200);
});

it('two API processes count together', async () => {
  const other = await buildApp({
    db: test.base.db,
    now: () => test.clock.now,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: () => undefined },
    logLevel: 'silent',
  });
  await guessMany(10, () => ({}));
  const payload = { login: 'anna', password: TEST_PASSWORD };
  const answer = await other.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload,
    remoteAddress: OFFICE,
  });
  expect(answer.statusCode).toBe(429);
  await other.close();
});

it('counts are bounded: the oldest go', async () => {
  const keyOf = (n: number) => createHash('sha256').update(String(n)).digest();
  await test.base.owner
    .insertInto('login_attempt')
    .values(
      Array.from({ length: 500 }, (_, n) => ({ key: keyOf(n), failures: 1, since: test.clock.now + n })),
    )
    .execute();
  await tidy(test.base.db, test.clock.now, 100);
  const { min, count } = await test.base.owner
    .selectFrom('login_attempt')
    .select(({ fn }) => [fn.min('since').as('min'), fn.countAll().as('count')])
    .executeTakeFirstOrThrow();
  expect([Number(min) - test.clock.now, Number(count)]).toEqual([400, 100]);
});

it('of one person no more than twenty devices are kept, the longest unused go', async () => {
  await createAccount(
    test.base.db,
    'eao',
    {
      login: 'galina',
      displayName: 'Г',
      role: 'operator',
      agency: null,
      password: TEST_PASSWORD,
      id: 'galina',
    },
    test.clock.now,
  );
  const devices: string[] = [];
  for (let n = 0; n < 22; n += 1) {
    test.clock.now += MINUTE;
    const { cookies } = await logIn({ login: 'galina' });
    devices.push(
      must(
        cookies.find(({ name }) => name === 'pult_device'),
        'a device',
      ).value,
    );
  }
  const rows = await withScope(test.base.db, { region: 'eao', account: 'galina' }, (tx) =>
    tx.selectFrom('device').select('token_hash').execute(),
  );
  const hashes = rows.map(({ token_hash }) => token_hash.toString('hex'));
  const expected = devices.slice(2).map((token) => createHash('sha256').update(token).digest('hex'));
  expect(new Set(hashes)).toEqual(new Set(expected));
});

it('a proxy nobody told of is warned about once, and by /readyz', async () => {
  expect((await test.api.inject('/readyz')).json()).toEqual({ status: 'ready' });
  const through = (remoteAddress: string) =>
    test.api.inject({ url: '/healthz', remoteAddress, headers: { 'x-forwarded-for': '203.0.113.9' } });
  const warnings = () => test.logged.filter((line) => line.includes('TRUST_PROXY'));
  // Anybody on the internet may send such a header.
  await through('93.158.134.3');
  expect(warnings()).toEqual([]);
  for (let n = 0; n < 3; n += 1) await through('172.18.0.2');
  expect(warnings()).toHaveLength(1);
  expect((await test.api.inject('/readyz')).json()).toEqual({
    status: 'ready',
    warnings: ['proxy_not_trusted'],
  });
});
