import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { connect, withScope } from '#server/store/database.ts';
import { ApiClient } from './harness/api-client.ts';
import { BadLine } from './harness/bad-line.ts';
import {
  closeBrowser,
  expectAllSent,
  expectTruth,
  logIn,
  openConsole,
  truthText,
} from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';
import { ownerUrl, serverTruth } from './harness/server-truth.ts';
import { openNote, chosenIncident, goToLane } from './harness/work.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const profile = temporaryFolder('profile');
let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let console_: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  console_ = await openConsole({ url: line.url, profile, account: server.account('operator') });
});

afterAll(async () => {
  await console_.close();
  await closeBrowser();
  await line.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

async function endSessionsOf(account: string): Promise<void> {
  const db = connect(ownerUrl(server.dataDir), 1);
  try {
    await withScope(db, { region: 'eao' }, (tx) =>
      tx
        .updateTable('session')
        .set({ expires_at: Date.now() - 1 })
        .where('account_id', '=', account)
        .execute(),
    );
  } finally {
    await db.destroy();
  }
}

async function addNote(text: string): Promise<void> {
  const { page } = console_;
  await openNote(page);
  await page.getByRole('dialog').getByRole('textbox').fill(text);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

const notesOf = async (id: string): Promise<readonly string[]> =>
  must((await api.incidents()).get(id), 'the incident').notes.map(({ text }) => text);

async function logOut(): Promise<void> {
  const { page, t } = console_;
  await page
    .getByRole('button', { name: 'Анна Ким' })
    .or(page.getByRole('button', { name: 'Олег Рябов' }))
    .click();
  await page.getByRole('menuitem', { name: t('session.logout') }).click();
  const anyway = page.getByRole('button', { name: t('session.logoutAnyway') });
  const door = page.getByLabel(t('session.loginName'));
  await anyway.or(door).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await door.waitFor();
}

let incident: string;

test('a session that ends while work is pending keeps the work, says so, and sends it after the login', async () => {
  const { page, t } = console_;
  await goToLane(console_, 'N');
  incident = await chosenIncident(console_);
  line.set({ kind: 'refused' });
  await addNote('до конца сеанса');
  await endSessionsOf('operator');
  line.set({ kind: 'up' });
  await page.locator('header [role="status"]').click();
  await page
    .getByRole('alert')
    .filter({ hasText: t('session.expired') })
    .waitFor();
  await expectTruth(console_, t('truth.needsLogin'));
  await addNote('после конца сеанса');
  expect(await notesOf(incident)).toEqual([]);

  await page
    .getByRole('alert')
    .getByRole('button', { name: t('session.login') })
    .click();
  await page
    .getByRole('dialog')
    .getByLabel(t('session.password'), { exact: true })
    .fill(server.account('operator').password);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('session.login'), exact: true })
    .click();
  await expectAllSent(console_);
  expect(await notesOf(incident)).toEqual(['до конца сеанса', 'после конца сеанса']);
});

test('another person on the same workstation neither sees nor sends what the first one left unsent', async () => {
  const { page, t } = console_;
  line.set({ kind: 'refused' });
  await addNote('осталось у первой');
  await expectTruth(console_, t('truth.unsent', { count: 1 }));
  await logOut();
  line.set({ kind: 'up' });
  await logIn(console_, server.account('operator2'));
  await expectAllSent(console_);
  expect(await truthText(console_)).not.toContain(t('truth.unsent', { count: 1 }));
  await page.goto(`${line.url}/incident/${incident}`);
  await page.getByText('после конца сеанса').waitFor();
  expect(await page.getByText('осталось у первой').count()).toBe(0);
  expect(await notesOf(incident)).not.toContain('осталось у первой');

  await logOut();
  await logIn(console_, server.account('operator'));
  await expectAllSent(console_);
  expect(await notesOf(incident)).toEqual(['до конца сеанса', 'после конца сеанса', 'осталось у первой']);
  const { commands, tornClients, missingRevisions } = await serverTruth(server.dataDir);
  expect({ count: commands.size, tornClients, missingRevisions }).toEqual({
    count: 3,
    tornClients: [],
    missingRevisions: [],
  });
});

test('a cookie that is somebody else’s by now neither takes the unsent work nor gives its rows', async () => {
  const { page, context, t } = console_;
  line.set({ kind: 'refused' });
  await addNote('набрано Анной');
  await expectTruth(console_, t('truth.unsent', { count: 1 }));
  await goToLane(console_, 'N');
  const rows = await page.getByRole('row').count();
  expect(rows).toBeGreaterThan(1);
  // Another window, asleep here: cookies are a host's, not a port's.
  const { login, password } = server.account('executor');
  const answer = await context.request.post(`${server.url}/api/v1/session`, { data: { login, password } });
  expect(answer.ok()).toBe(true);
  line.set({ kind: 'up' });
  await page.locator('header [role="status"]').click();
  const alert = page.getByRole('alert').filter({ hasText: t('session.expired') });
  await alert.waitFor();
  expect(await page.getByRole('row').count()).toBe(rows);
  expect(await notesOf(incident)).not.toContain('набрано Анной');
  expect((await serverTruth(server.dataDir)).commands.size).toBe(3);

  await alert.getByRole('button', { name: t('session.login') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('session.password'), { exact: true }).fill(server.account('operator').password);
  await dialog.getByRole('button', { name: t('session.login'), exact: true }).click();
  await expectAllSent(console_);
  expect(await notesOf(incident)).toContain('набрано Анной');
  expect(await page.getByRole('row').count()).toBe(rows);
});

test('what a dismissed person has left unsent is shown, named, to whoever comes next, and never sent', async () => {
  const { page, t } = console_;
  line.set({ kind: 'refused' });
  await addNote('осталось у уволенной');
  await expectTruth(console_, t('truth.unsent', { count: 1 }));
  await logOut();
  const { login } = server.account('operator');
  const dismissed = await runScript('server/cli/account.ts', ['disable', login, '--data', server.dataDir]);
  expect(dismissed).toMatchObject({ code: 0 });
  line.set({ kind: 'up' });
  await logIn(console_, server.account('operator2'));
  await page.getByText(t('left.banner', { name: 'Анна Ким', count: 1 })).waitFor();
  await page.getByRole('button', { name: t('left.show') }).click();
  await page.getByRole('heading', { name: t('left.title', { name: 'Анна Ким' }) }).waitFor();
  await page.getByText('осталось у уволенной').waitFor();
  await expectAllSent(console_);
  expect(await notesOf(incident)).not.toContain('осталось у уволенной');
});

test('a dismissed person’s console hands over what it holds, shows it as not accepted, and is empty', async () => {
  const { page, t } = console_;
  await goToLane(console_, 'N');
  const id = await chosenIncident(console_);
  line.set({ kind: 'refused' });
  await addNote('недописанное о дворе');
  await expectTruth(console_, t('truth.unsent', { count: 1 }));
  const { login } = server.account('operator2');
  await runScript('server/cli/account.ts', ['disable', login, '--data', server.dataDir]);
  line.set({ kind: 'up' });
  await page.locator('header [role="status"]').click();
  await page.getByText(t('alarm.dismissed')).waitFor();
  await expectAllSent(console_);
  await page.goto(`${line.url}/not-accepted`);
  await page.getByText('недописанное о дворе').waitFor();
  await page.getByText(t('notAccepted.heldDismissed')).waitFor();
  await page.goto(`${line.url}/queue/new`);
  await page.locator('nav').waitFor();
  expect(await page.getByRole('row').count()).toBe(0);
  expect(await notesOf(id)).not.toContain('недописанное о дворе');
});
