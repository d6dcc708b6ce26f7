import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { removeProfile, settingsText } from '#tests/electron-host/start-host.ts';
import { FakeSignInProvider } from '#tests/fakes/sign-in-provider.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { openShell, type ShellConsole } from './harness/shell.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

const NAME = 'Единый вход';
const provider = new FakeSignInProvider();
const profiles: string[] = [];
let server: RunningPult;
let shell: ShellConsole;
let browser: TestConsole | null = null;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true, env: { ALLOWED_NETWORKS: '127.0.0.0/8' } });
  await provider.start(server.url);
  provider.people.set('ivanova', { name: 'Анна Иванова', groups: ['/pult/operators'] });
  const api = await ApiClient.logIn(server.url, server.account('administrator'));
  const settings = {
    isOn: true,
    name: NAME,
    issuer: provider.issuer,
    clientId: provider.client.id,
    clientAccess: provider.client.access,
    scope: 'openid profile email',
    certificate: '',
    consoleUrl: server.url,
    loginClaim: 'preferred_username',
    nameClaim: 'name',
    groupsClaim: 'groups',
    linkBy: 'none',
    mayCreate: true,
    groups: [{ group: '/pult/operators', role: 'operator', agency: null }],
  };
  await api.ask('sign-in/provider', settings, 'PUT');
});
afterEach(async () => {
  provider.silentAt = '';
  await browser?.close();
  browser = null;
  await shell.close().catch(() => undefined);
});
afterAll(async () => {
  await closeBrowser();
  await server.stop();
  await provider.stop();
  profiles.forEach(removeProfile);
});

/** A shell at the door, where somebody chooses to come in by the provider. */
async function chooseProvider(): Promise<ShellConsole> {
  shell = await openShell({ settings: settingsText(server.url) });
  profiles.push(shell.host.profile);
  await shell.page.getByRole('button', { name: shell.t('session.by', { name: NAME }) }).click();
  return shell;
}

/** The person's own browser, at the address that the shell had the system open. */
async function followShell(): Promise<TestConsole> {
  const opened = await until(
    'the system opens an address',
    () => shell.host.records('openExternal'),
    (all) => all.length > 0,
  );
  const address = String(must(opened.at(-1), 'an address'));
  expect(address.startsWith(`${server.url}/api/v1/sign-in/shell?`)).toBe(true);
  browser = await openConsole({ url: server.url });
  await browser.context.route(/^https:/, (route) => route.abort());
  await browser.page.goto(address);
  return browser;
}

/** Looks at both ends small and large, light and dark: what is serious for axe, or pushed out. */
async function wincesOf(console_: TestConsole): Promise<readonly string[]> {
  const { page } = console_;
  const found: string[] = [];
  const before = page.viewportSize();
  for (const [width, height, colorScheme] of [
    [1366, 768, 'dark'],
    [1920, 1080, 'light'],
    [683, 384, 'light'],
    [683, 384, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    if (!(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)))
      found.push(`wider than ${width}`);
    found.push(...(await seriousViolations(console_)));
  }
  if (before !== null) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null });
  return found;
}

/** Signs in at the provider's pages. `isKnown`: this browser has agreed there before. */
async function passProvider({ page }: TestConsole, isKnown = false): Promise<void> {
  await page.locator('input[name=login]').fill('ivanova');
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  if (!isKnown) await page.getByRole('button', { name: 'Continue' }).click();
}

test('somebody comes in by their own browser, and only the shell gets the session', async () => {
  const { page, t, host } = await chooseProvider();
  const waiting = page.getByRole('status').filter({ hasText: t('session.browser.waiting') });
  const mark = must(/\d{4}/.exec(await waiting.innerText()), 'a mark')[0];
  const cancel = page.getByRole('button', { name: t('session.browser.cancel') });
  await cancel.and(page.locator(':focus')).waitFor();
  expect(await wincesOf(shell)).toEqual([]);
  const person = await followShell();
  await passProvider(person);
  await person.page.getByText(mark, { exact: true }).waitFor();
  await person.page.getByText('Анна Иванова').waitFor();
  expect(await wincesOf(person)).toEqual([]);
  // Up to this click nobody is in anywhere.
  expect(existsSync(join(host.profile, 'session.bin'))).toBe(false);
  await person.page.getByRole('button', { name: 'Продолжить в Пульте' }).press('Enter');
  await person.page.getByRole('heading', { name: 'Вернитесь в Пульт' }).waitFor();
  expect(await seriousViolations(person)).toEqual([]);
  expect(person.page.url()).not.toMatch(/code|token|state/);
  await page.getByRole('button', { name: 'Анна Иванова' }).waitFor();
  expect(existsSync(join(host.profile, 'session.bin'))).toBe(true);
  const held = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(held).not.toMatch(/token|bearer|verifier/i);
  const cookies = await person.context.cookies();
  expect(cookies.filter(({ name }) => name === 'pult_session')).toEqual([]);
  // The window comes to the front, and the one address is closed.
  expect(await host.records('focus')).not.toEqual([]);
  await expect(person.page.reload()).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
  expect(await host.records('stray request')).toEqual([]);
  expect(person.troubles).toEqual([]);
  await page.getByRole('button', { name: 'Анна Иванова' }).click();
  await page.getByRole('menuitem', { name: t('session.logout'), exact: true }).click();
  await page.getByLabel(t('session.loginName')).waitFor();
});

test('whoever turns round at the provider reads so in the shell', async () => {
  const { page, t } = await chooseProvider();
  const person = await followShell();
  await person.page.getByText('Cancel').click();
  expect(await seriousViolations(person)).toEqual([]);
  await person.page.getByRole('button', { name: 'Вернуться в Пульт' }).click();
  await page.getByRole('alert').getByText(t('error.sign_in_cancelled')).waitFor();
  expect(await seriousViolations(shell)).toEqual([]);
});

test('a provider that falls silent half-way is told in the shell, and the next try lets in', async () => {
  const { page, t, host } = await chooseProvider();
  const person = await followShell();
  provider.silentAt = '/token';
  await passProvider(person);
  await person.page.getByRole('button', { name: 'Вернуться в Пульт' }).click();
  await page.getByRole('alert').getByText(t('error.sign_in_late')).waitFor();
  expect(await seriousViolations(shell)).toEqual([]);
  provider.silentAt = '';
  const addresses = await host.records('openExternal');
  await page.getByRole('button', { name: t('session.by', { name: NAME }) }).click();
  const opened = await until(
    'the system opens another address',
    () => host.records('openExternal'),
    (all) => all.length > addresses.length,
  );
  await person.page.goto(String(opened.at(-1)));
  await passProvider(person, true);
  await person.page.getByRole('button', { name: 'Продолжить в Пульте' }).click();
  await page.getByRole('button', { name: 'Анна Иванова' }).waitFor();
});

test('a sign-in that is cancelled, or whose window is closed, leaves no open address', async () => {
  const { page, t, host } = await chooseProvider();
  const person = await followShell();
  await passProvider(person);
  const go = person.page.getByRole('button', { name: 'Продолжить в Пульте' });
  await go.waitFor();
  const addressOf = () => person.page.locator('form').evaluate((form: HTMLFormElement) => form.action);
  const first = await addressOf();
  await page.getByRole('button', { name: t('session.browser.cancel') }).click();
  const way = page.getByRole('button', { name: t('session.by', { name: NAME }) });
  await way.waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await expect(fetch(first, { method: 'POST' })).rejects.toThrow('fetch failed');
  await way.click();
  await page.getByText(t('session.browser.waiting')).waitFor();
  await person.page.goto(String((await host.records('openExternal')).at(-1)));
  await passProvider(person, true);
  await go.waitFor();
  const second = await addressOf();
  expect(second).not.toBe(first);
  await host.order({ kind: 'close-window' });
  await until(
    'its address is closed',
    () => fetch(second, { method: 'POST' }).then(String, ({ cause }) => String(cause)),
    (end) => end.includes('ECONNREFUSED'),
  );
  expect(existsSync(join(host.profile, 'session.bin'))).toBe(false);
});
