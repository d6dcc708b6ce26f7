import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectTruth, openConsole } from './harness/console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';

const NAME = 'Вера Лис';
let server: RunningPult;
let console_: TestConsole;

/** Runs a command beside the server on its folder. */
async function command(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runScript('server/cli/account.ts', [...args, '--data', server.dataDir]);
  if (code !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  await command('add', 'vera', '--name', NAME, '--role', 'operator');
  await command('disable', 'vera');
  const { login } = server.account('operator');
  await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: 'не тот пароль вовсе' }),
  });
  console_ = await openConsole({ url: server.url, account: server.account('administrator') });
});
afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

const lines = (): Locator => console_.page.locator('main li[data-kind]');
const kinds = (): Promise<(string | null)[]> =>
  lines().evaluateAll((all) => all.map((line) => line.getAttribute('data-kind')));
const isFocused = (field: Locator): Promise<boolean> =>
  field.evaluate((element) => element === document.activeElement || element.contains(document.activeElement));

/** Goes by Tab alone to a field. */
async function tabTo(field: Locator): Promise<void> {
  for (let step = 0; step < 60 && !(await isFocused(field)); step += 1)
    await console_.page.keyboard.press('Tab');
  expect(await isFocused(field)).toBe(true);
}

/** Chooses of a list by typing the beginning of a word. */
async function pick(label: string, typed: string): Promise<void> {
  const { page, t } = console_;
  await tabTo(page.getByRole('combobox', { name: t(label) }));
  await page.keyboard.type(typed);
  await page.getByRole('option', { name: typed }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

test('keys lead to the log: who came in, who was kept out, what was done to whom, and from where', async () => {
  const { page, t } = console_;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyJ');
  await page.getByRole('heading', { name: t('audit.title'), level: 1 }).waitFor();
  await lines().first().waitFor();
  expect(await kinds()).toEqual(
    expect.arrayContaining(['login', 'login_failed', 'account_dismissed', 'account_added']),
  );
  const closed = page.locator('li[data-kind="account_dismissed"]');
  const words = await closed.innerText();
  expect(words).toContain(`${t('audit.commandLine')}: ${t('audit.line.account_dismissed', { whom: NAME })}`);
  expect(words).toContain(t('audit.centre'));
  const added = page.locator('li[data-kind="account_added"]');
  expect(await added.locator('dl').innerText()).toContain(t('role.operator'));
  expect(await page.locator('li[data-kind="login"]').first().innerText()).toContain('127.0.0.1');
  expect(await seriousViolations(console_)).toEqual([]);
});

test('it is narrowed by keys alone: by kind, by person, by a word; nothing found says what to do', async () => {
  const { page, t } = console_;
  await pick('audit.kind', t('audit.kinds.login_failed'));
  await expect.poll(kinds).toEqual(['login_failed']);
  await page.keyboard.press('Shift+Tab');
  await tabTo(page.getByRole('button', { name: t('audit.all') }));
  await page.keyboard.press('Enter');
  await expect.poll(kinds).toContain('login');
  await pick('audit.person', NAME);
  await expect.poll(kinds).toEqual(['account_dismissed', 'account_added']);
  await tabTo(page.getByRole('textbox', { name: t('audit.word') }));
  await page.keyboard.type('такого слова нет');
  await page.keyboard.press('Enter');
  await page.getByText(t('audit.empty')).waitFor();
  expect(await seriousViolations(console_)).toEqual([]);
  await tabTo(page.getByRole('button', { name: t('audit.all') }));
  await page.keyboard.press('Enter');
  await expect.poll(kinds).toContain('login');
});

test('what is chosen goes into a file, and that is told itself', async () => {
  const { page, t } = console_;
  await tabTo(page.getByRole('button', { name: t('audit.save') }));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  await page.keyboard.press('ArrowDown');
  const waiting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: t('export.formats.csv') }).press('Enter');
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/^pult-.*-audit-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(must(await file.path(), 'a file'), 'utf8');
  expect(text).toContain(t('audit.head.changes'));
  expect(text).toContain(t('audit.line.account_dismissed', { whom: NAME }));
  await tabTo(page.getByRole('button', { name: t('audit.refresh') }));
  await page.keyboard.press('Enter');
  await expect.poll(kinds).toContain('audit_export');
});

test('without a connection it says so and keeps what was read', async () => {
  const { page, context, t } = console_;
  await context.setOffline(true);
  await page.getByText(t('audit.away')).waitFor();
  expect(await kinds()).toContain('login');
  await context.setOffline(false);
  await expectTruth(console_, t('truth.live'));
  expect(console_.troubles).toEqual([]);
});

test('nobody else reads it', async () => {
  const operator = await openConsole({ url: server.url, account: server.account('operator') });
  await operator.page.goto(`${server.url}/audit`);
  await operator.page.getByText(operator.t('audit.mayNot')).waitFor();
  expect(await operator.page.locator('li[data-kind]').count()).toBe(0);
  await operator.close();
});
