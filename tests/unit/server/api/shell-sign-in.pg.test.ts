import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { newToken } from '#server/accounts/session-token.ts';
import { withScope } from '#server/store/database.ts';
import { kindOf, signInDesk } from '#tests/helpers/sign-in-desk.ts';
import { bearer } from '#tests/helpers/test-api.ts';
import { ProviderPages } from '#tests/helpers/walk-sign-in.ts';

const desk = signInDesk();
const { provider, set, audited } = desk;
const PATH = '/api/v1/sign-in/shell';
const HOST = { host: 'pult.test' };

/** A shell that waits: what it keeps, and what it tells the centre. */
function newShell() {
  const verifier = newToken();
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const wait = { challenge, port: 50_123, path: newToken(), state: newToken(), language: 'ru' };
  return { verifier, wait };
}
type Shell = ReturnType<typeof newShell>;

const offer = (shell: Shell, change: object = {}) =>
  desk.api().inject({ method: 'POST', url: PATH, payload: { region: 'eao', ...shell.wait, ...change } });
const open = (url: string, headers = HOST) => {
  const { pathname, search } = new URL(url);
  return desk.api().inject({ url: pathname + search, headers });
};
/** The shell's browser up to the provider's page. */
async function browse(shell: Shell) {
  const { url, mark } = (await offer(shell)).json<{ url: string; mark: string }>();
  const door = await open(url);
  const cookies = Object.fromEntries(door.cookies.map(({ name, value }) => [name, value]));
  return { url: String(door.headers.location), cookies, mark, door };
}
const end = (at: string, cookies: Record<string, string>) => {
  const { pathname, search } = new URL(at);
  return desk.api().inject({ url: pathname + search, headers: HOST, cookies });
};
const fieldOf = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1];
/** Goes the whole way of the browser; gives its last page. */
async function come(shell: Shell, person: string, options = {}) {
  const { url, cookies, mark } = await browse(shell);
  const answer = await end(await new ProviderPages().signIn(url, person, options), cookies);
  return { answer, page: answer.body, mark, code: fieldOf(answer.body, 'code') ?? '' };
}
const change = (code: string, verifier: string, region = 'eao') =>
  desk.api().inject({ method: 'POST', url: `${PATH}/session`, payload: { region, code, verifier } });
const codes = () =>
  withScope(desk.base().db, { region: 'eao' }, (tx) =>
    tx.selectFrom('sign_in_handover').selectAll().execute(),
  );

beforeEach(() => provider.people.set('ivanova', { groups: ['/pult/operators'] }));

it('nobody begins in a shell before an administrator said how', async () => {
  expect(kindOf(await offer(newShell()))).toBe('sign_in_off');
  await set();
});

it('a shell gets a session for the code that its browser was given, and no page holds a token', async () => {
  provider.people.set('ivanova', { name: 'Анна <b>Иванова</b>', groups: ['/pult/operators'] });
  const shell = newShell();
  const { answer, page, mark, code } = await come(shell, 'ivanova');
  expect(answer.statusCode).toBe(200);
  expect(answer.cookies.filter(({ name }) => name === 'pult_session')).toEqual([]);
  expect(answer.headers['content-security-policy']).toContain('form-action http://127.0.0.1:50123;');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(page).toContain(`action="http://127.0.0.1:50123/${shell.wait.path}"`);
  expect(fieldOf(page, 'state')).toBe(shell.wait.state);
  expect(page).toContain(`<p class="mark">${mark}</p>`);
  expect(page).toContain('Анна &lt;b&gt;Иванова&lt;/b&gt;');
  expect(page).not.toMatch(/<script|<b>/);
  expect(JSON.stringify(await codes())).not.toContain(code);
  const changed = await change(code, shell.verifier);
  expect(changed.headers['cache-control']).toBe('no-store');
  expect(changed.cookies).toEqual([]);
  const session = changed.json<{ token: string }>();
  expect(session).toMatchObject({
    account: { login: 'ivanova' },
    region: { code: 'eao' },
    judgedBy: 'provider',
  });
  const own = await desk.api().inject({ url: '/api/v1/sign-in/session', headers: bearer(session.token) });
  expect(own.json()).toMatchObject({ account: { login: 'ivanova' } });
  expect(await codes()).toEqual([]);
  const { id } = must(await desk.accountOf('ivanova'), 'an account');
  expect((await audited('login_provider')).filter(({ actor }) => actor === id)).toHaveLength(1);
  for (const secret of [code, shell.verifier, session.token]) expect(desk.logged()).not.toContain(secret);
});

it('somebody signed in there is asked again who they are', async () => {
  const { url } = await browse(newShell());
  expect(new URL(url).searchParams.get('prompt')).toBe('login');
  // The browser's own sign-in goes on as it was.
  expect(new URL((await desk.begin()).url).searchParams.get('prompt')).toBeNull();
});

it('a code is good once', async () => {
  const shell = newShell();
  const { code } = await come(shell, 'ivanova');
  const answers = await Promise.all([change(code, shell.verifier), change(code, shell.verifier)]);
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]));
  expect(kindOf(await change(code, shell.verifier))).toBe('sign_in_handover');
});

it('a code is good for a minute', async () => {
  const shell = newShell();
  const { code } = await come(shell, 'ivanova');
  desk.clock().now += MS_PER_MINUTE + 1;
  expect(kindOf(await change(code, shell.verifier))).toBe('sign_in_handover');
  // The next one's coming tidies up after those who never came.
  await come(newShell(), 'ivanova');
  desk.clock().now += MS_PER_MINUTE + 1;
  await come(newShell(), 'ivanova');
  expect(await codes()).toHaveLength(1);
});

it('a code without its verifier is worth nothing, and is used up', async () => {
  const [shell, thief] = [newShell(), newShell()];
  const { code } = await come(shell, 'ivanova');
  expect(kindOf(await change(code, thief.verifier))).toBe('sign_in_handover');
  expect(kindOf(await change(code, shell.verifier))).toBe('sign_in_handover');
  // Nor does the challenge stand in for it, which goes through the browser.
  const second = await come(shell, 'ivanova');
  expect(kindOf(await change(second.code, shell.wait.challenge))).toBe('sign_in_handover');
});

it('a code is one of its region, and stays good when another asks for it', async () => {
  const shell = newShell();
  const { code } = await come(shell, 'ivanova');
  expect(kindOf(await change(code, shell.verifier, 'amur'))).toBe('sign_in_handover');
  expect(kindOf(await change(code, shell.verifier, 'nowhere'))).toBe('sign_in_handover');
  expect((await change(code, shell.verifier)).statusCode).toBe(200);
});

it('a person who was dismissed meanwhile does not come in', async () => {
  provider.people.set('leaver', { groups: ['/pult/operators'] });
  const shell = newShell();
  const { code } = await come(shell, 'leaver');
  const { id } = must(await desk.accountOf('leaver'), 'an account');
  const headers = bearer(must(desk.tokens.get('administrator'), 'a token'));
  const url = `/api/v1/accounts/${id}/disabled`;
  await desk.api().inject({ method: 'PUT', url, headers, payload: { disabled: true } });
  expect(kindOf(await change(code, shell.verifier))).toBe('sign_in_disabled');
});

it('two shells of one browser: the later one comes in, the other is told by its name', async () => {
  const before = await codes();
  const [first, second] = [newShell(), newShell()];
  const begun = [await browse(first), await browse(second)] as const;
  const [earlier, later] = await Promise.all(
    begun.map(({ url }) => new ProviderPages().signIn(url, 'ivanova')),
  );
  // One browser has one cookie: that of the later.
  const lost = await end(must(earlier, 'a way'), begun[1].cookies);
  expect(lost.headers.location).toBe('/signed-in#sign_in_state');
  const won = await end(must(later, 'a way'), begun[1].cookies);
  expect(fieldOf(won.body, 'state')).toBe(second.wait.state);
  expect((await change(fieldOf(won.body, 'code') ?? '', second.verifier)).statusCode).toBe(200);
  expect(await codes()).toEqual(before);
});

it('an answer of somebody else’s browser, or of none, is no way in', async () => {
  const before = await codes();
  const { url } = await browse(newShell());
  const at = await new ProviderPages().signIn(url, 'ivanova');
  expect((await end(at, {})).headers.location).toBe('/signed-in#sign_in_stale');
  const other = await browse(newShell());
  expect((await end(at, other.cookies)).headers.location).toBe('/signed-in#sign_in_state');
  expect(await codes()).toEqual(before);
});

it('a ticket that is old, changed, or a browser’s own cookie begins nothing', async () => {
  const { url } = (await offer(newShell())).json<{ url: string }>();
  const stale = '/signed-in#sign_in_stale';
  expect((await open(url.slice(0, -4))).headers.location).toBe(stale);
  const cookie = must((await desk.begin()).cookies['pult_sign_in'], 'a cookie');
  expect((await open(`http://pult.test${PATH}?ticket=${cookie}`)).headers.location).toBe(stale);
  // Nor is a ticket a cookie that a browser could come back with.
  const ticket = must(new URL(url).searchParams.get('ticket'), 'a ticket');
  const back = await end('http://pult.test/api/v1/sign-in/callback?code=x&state=y', { pult_sign_in: ticket });
  expect(back.headers.location).toBe(stale);
  desk.clock().now += 16 * MS_PER_MINUTE;
  expect((await open(url)).headers.location).toBe(stale);
});

it.each([
  { port: 80 },
  { port: 70_000 },
  { port: '50123/@evil.example' },
  { path: '../x' },
  { path: 'https://evil.example/' },
  { challenge: 'short' },
  { state: '"><script>' },
  { language: 'de' },
  { host: 'evil.example' },
])('a shell that waits at %j is refused whole', async (wrong) => {
  expect((await offer(newShell(), wrong)).statusCode).toBe(400);
});

it('whom the provider or the centre does not let in is told so in the shell, not in the browser', async () => {
  const shell = newShell();
  const cancelled = await come(shell, 'ivanova', { cancel: true });
  expect(fieldOf(cancelled.page, 'refusal')).toBe('sign_in_cancelled');
  expect(fieldOf(cancelled.page, 'state')).toBe(shell.wait.state);
  provider.people.set('stranger', { groups: ['/other'] });
  const refused = await come(newShell(), 'stranger');
  expect(fieldOf(refused.page, 'refusal')).toBe('sign_in_no_group');
  expect(refused.code).toBe('');
});

it('a provider that is down is told at once, and on the way', async () => {
  const shell = newShell();
  const { url } = (await offer(shell)).json<{ url: string }>();
  await set({ issuer: 'http://127.0.0.1:9' });
  expect(kindOf(await offer(newShell()))).toBe('sign_in_unreachable');
  const onTheWay = await open(url);
  expect(fieldOf(onTheWay.body, 'refusal')).toBe('sign_in_unreachable');
  await set();
  expect(fieldOf((await open(url, { host: 'elsewhere.test' })).body, 'refusal')).toBe('sign_in_elsewhere');
});

it('a provider that falls silent half-way is told to the shell by its name, and the next try lets in', async () => {
  const shell = newShell();
  const { url, cookies } = await browse(shell);
  const at = await new ProviderPages().signIn(url, 'ivanova');
  provider.silentAt = '/token';
  const { body } = await end(at, cookies);
  provider.silentAt = '';
  expect(fieldOf(body, 'refusal')).toBe('sign_in_late');
  expect(fieldOf(body, 'state')).toBe(shell.wait.state);
  const again = newShell();
  expect((await change((await come(again, 'ivanova')).code, again.verifier)).statusCode).toBe(200);
});

it('whoever guesses at codes waits, as guessing at passwords does', async () => {
  const guess = () => change(newToken(), newToken());
  for (let tries = 0; tries < 10; tries += 1) expect((await guess()).statusCode).toBe(409);
  const paused = await guess();
  expect(kindOf(paused)).toBe('rate_limited');
  expect(Number(paused.headers['retry-after'])).toBeGreaterThan(0);
});
