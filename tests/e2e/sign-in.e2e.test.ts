import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
import { FakeSignInProvider } from '#tests/fakes/sign-in-provider.ts';
import { BASE, FakeDirectory } from '#tests/fakes/ldap-directory.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, keptForOffline, openConsole, type ConsoleStart } from './harness/console.ts';
import { drawn } from './harness/drawn.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

const NAME = 'Единый вход';
const PIN = 'без связи тоже';
const provider = new FakeSignInProvider();
const directory = new FakeDirectory();
const profile = temporaryFolder('profile');
let server: RunningPult;
let administrator: TestConsole;
let newcomer: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true, env: { ALLOWED_NETWORKS: '127.0.0.0/8' } });
  await provider.start(server.url);
  await directory.start();
  directory.people = [
    {
      login: 'sidorova',
      password: 'пароль каталога',
      name: 'Ольга Сидорова',
      id: '0a0b',
      groups: [`cn=operators,${BASE}`],
    },
  ];
  provider.people.set('ivanova', { name: 'Анна Иванова', groups: ['/pult/operators'] });
  administrator = await openConsole({ url: server.url, account: server.account('administrator') });
});
afterAll(async () => {
  await closeBrowser();
  await server.stop();
  await provider.stop();
  await directory.stop();
  rmSync(profile, { recursive: true, force: true });
});

/** A console at the door; the provider's pages ask a server of others for a font. */
async function openDoor(how: Pick<ConsoleStart, 'language' | 'profile'>): Promise<TestConsole> {
  const console = await openConsole({ url: server.url, ...how });
  await console.context.route(/^https:/, (route) => route.abort());
  return console;
}
const field = ({ page, t }: TestConsole, words: string) =>
  page.getByRole('textbox', { name: t(words), exact: true });
const isWide = ({ page }: TestConsole) =>
  page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) > document.documentElement.clientWidth);
const button = ({ page }: TestConsole, name: string) => page.getByRole('button', { name, exact: true });

test('an administrator says by which system people come in, and asks it', async () => {
  const { page, t } = administrator;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyL');
  await page.getByRole('link', { name: t('people.signIn') }).click();
  await page.getByText(t('signIn.empty.lead')).waitFor();
  const save = button(administrator, t('signIn.save'));
  await until('saving is possible', () => save.isEnabled(), Boolean);
  expect(await seriousViolations(administrator)).toEqual([]);
  await field(administrator, 'signIn.form.name').focus();
  await page.keyboard.press('Enter');
  await page.getByText(t('signIn.formWrong.issuer')).waitFor();
  await page.keyboard.type(NAME);
  await field(administrator, 'signIn.form.issuer').fill(provider.issuer);
  await field(administrator, 'signIn.form.clientId').fill(provider.client.id);
  await field(administrator, 'signIn.form.clientAccess').fill(provider.client.access);
  await button(administrator, t('signIn.groups.add')).press('Enter');
  await field(administrator, t('signIn.groups.groupOf', { row: 1 })).fill('/pult/operators');
  await save.click();
  await page.getByText(t('signIn.saved')).waitFor();
  await button(administrator, t('signIn.check.do')).click();
  await page.getByText(t('signIn.check.good')).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await page.setViewportSize({ width: 683, height: 384 });
  await drawn(page);
  expect(await isWide(administrator)).toBe(false);
});

test('they say by which directory passwords are judged; whom it knows comes in by the usual login', async () => {
  const { page, t } = administrator;
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('radio', { name: t('signIn.way.directory') }).focus();
  await page.keyboard.press('Space');
  await page.getByText(t('signIn.directory.empty.lead')).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  const typed = (name: string) => field(administrator, t(`signIn.directory.form.${name}`));
  await typed('url').fill(`ldap://127.0.0.1:${directory.port}`);
  await page.getByText(t('signIn.directory.open.title')).waitFor();
  await typed('bindDn').fill(directory.reader.dn);
  await page.getByLabel(t('signIn.directory.form.bindAccess'), { exact: true }).fill(directory.reader.access);
  await button(administrator, t('signIn.directory.preset.openLdap')).press('Enter');
  await typed('idAttribute').fill('objectGUID');
  const save = button(administrator, t('signIn.save'));
  await save.press('Enter');
  await page.getByText(t('signIn.directory.formWrong.base')).waitFor();
  await typed('base').fill(BASE);
  await button(administrator, t('signIn.groups.add')).press('Enter');
  await field(administrator, t('signIn.groups.groupOf', { row: 1 })).fill(`cn=operators,${BASE}`);
  await save.press('Enter');
  const check = field(administrator, t('signIn.directory.check.login'));
  await check.fill('nobody');
  await check.press('Enter');
  await page.getByText(t('error.sign_in_nobody')).waitFor();
  await check.fill('sidorova');
  await check.press('Enter');
  const found = { name: 'Ольга Сидорова', login: 'sidorova' };
  await page.getByText(t('signIn.directory.check.found', found)).waitFor();
  await page.getByText(`cn=operators,${BASE}`).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await page.setViewportSize({ width: 683, height: 384 });
  await drawn(page);
  expect(await isWide(administrator)).toBe(false);

  const door = await openDoor({ language: 'en' });
  await field(door, 'session.loginName').fill('sidorova');
  await door.page.getByLabel(door.t('session.password'), { exact: true }).fill('пароль каталога');
  await door.page.keyboard.press('Enter');
  await button(door, found.name).click();
  await door.page.getByRole('menuitem', { name: door.t('session.pin.open') }).waitFor();
  await door.close();
});

test('somebody new comes in by it, works, and goes out of both', async () => {
  newcomer = await openDoor({ profile });
  const { page, t } = newcomer;
  const way = button(newcomer, t('session.by', { name: NAME }));
  await way.waitFor();
  expect(await seriousViolations(newcomer)).toEqual([]);
  await way.press('Enter');
  // The provider's own pages.
  await page.locator('input[name=login]').fill('ivanova');
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  const menu = button(newcomer, 'Анна Иванова');
  await menu.click();
  await page.getByRole('menuitem', { name: t('session.pin.open') }).click();
  await page.getByLabel(t('session.own.password'), { exact: true }).fill(PIN);
  await page.getByLabel(t('session.own.repeat'), { exact: true }).fill(PIN);
  expect(await seriousViolations(newcomer)).toEqual([]);
  await button(newcomer, t('session.pin.set')).click();
  await page.getByText(t('session.pin.done')).waitFor();
  await menu.click();
  await page.getByRole('menuitem', { name: t('session.logout'), exact: true }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.getByLabel(t('session.loginName')).waitFor();
  expect(new URL(page.url()).origin).toBe(server.url);
});

test('without the centre the password of this workstation opens the copy', async () => {
  const { page, context, t } = newcomer;
  await keptForOffline(newcomer);
  await context.setOffline(true);
  await page.getByLabel(t('session.loginName')).fill('ivanova');
  await page.getByLabel(t('session.password'), { exact: true }).fill(PIN);
  await button(newcomer, t('session.login')).click();
  await button(newcomer, 'Анна Иванова').waitFor();
  expect(newcomer.troubles).toEqual([]);
  await context.setOffline(false);
  await newcomer.close();
});

test('whoever turns round at the provider’s page reads so', async () => {
  const console = await openDoor({ language: 'en' });
  const { page, t } = console;
  await button(console, t('session.by', { name: NAME })).click();
  await page.getByText('Cancel').click();
  await page.getByRole('alert').getByText(t('error.sign_in_cancelled')).waitFor();
  expect(await seriousViolations(console)).toEqual([]);
  await button(console, t('session.signedIn.toLogin')).press('Enter');
  await page.getByLabel(t('session.loginName')).waitFor();
});
