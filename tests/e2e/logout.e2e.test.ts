import { rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
import { BadLine } from './harness/bad-line.ts';
import {
  closeBrowser,
  expectAllSent,
  expectTruth,
  keptForOffline,
  logIn,
  openConsole,
} from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { killBrowser } from './harness/kill-browser.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { openNote, chooseNew } from './harness/work.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const profile = temporaryFolder('profile');
let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let console_: TestConsole;
let incident: string;

beforeAll(async () => {
  server = await startServer();
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  console_ = await openConsole({ url: line.url, profile, account: server.account('operator') });
  await keptForOffline(console_);
  incident = (await api.newMessage('Не чистят снег у подъезда, проверка выхода')).id;
});

afterAll(async () => {
  await console_.close();
  await closeBrowser();
  await line.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

const door = (page: Page) => page.getByLabel(console_.t('session.loginName'));
const notesOf = async (id: string): Promise<readonly string[]> =>
  must((await api.incidents()).get(id), 'the incident').notes.map(({ text }) => text);

async function openOwnNote(): Promise<void> {
  await openNote(console_.page);
  await console_.page.getByRole('dialog').getByRole('textbox').waitFor();
}

async function closeDialog(): Promise<void> {
  await console_.page.keyboard.press('Escape');
  await console_.page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function askToLogOut(name: string): Promise<void> {
  const { page, t } = console_;
  await page.getByRole('button', { name }).click();
  await page.getByRole('menuitem', { name: t('session.logout') }).click();
}

/** Reads the login screen: it must offer nothing of whoever was here. */
async function seenAtDoor(page: Page) {
  await door(page).waitFor();
  return {
    people: await page.getByText(/Анна|Ким|Олег|Рябов/).count(),
    queue: await page.locator('nav, [role="row"]').count(),
    login: await door(page).inputValue(),
  };
}
const SHUT = { people: 0, queue: 0, login: '' };

test('logging out with unsent work asks first, names the count, and shuts every window', async () => {
  const { page, context, t } = console_;
  await chooseNew(console_, incident);
  await page.keyboard.press('KeyT');
  await page.keyboard.press('Digit1');
  line.set({ kind: 'refused' });
  const other = await context.newPage();
  await other.goto(`${line.url}/incident/${incident}`);
  await other.getByRole('button', { name: t('incident.actions') }).waitFor();
  await openNote(other);
  await other.getByRole('dialog').getByRole('textbox').fill('заметка без связи');
  await other.keyboard.press('Control+Enter');
  await other.getByRole('dialog').waitFor({ state: 'hidden' });
  await expectTruth(console_, t('truth.unsent', { count: 1 }));
  await openOwnNote();
  await page.getByRole('dialog').getByRole('textbox').fill('начатая заметка Анны');
  await closeDialog();
  await page.getByRole('searchbox').fill('снег');
  await page.waitForURL(/text=/);

  await askToLogOut('Анна Ким');
  await page.getByText(t('session.unsentWarning', { count: 1 })).waitFor();
  await page.getByRole('button', { name: t('session.stay') }).click();
  await page.getByRole('row').first().waitFor();
  await askToLogOut('Анна Ким');
  await page.getByRole('button', { name: t('session.logoutAnyway') }).click();
  expect(await seenAtDoor(page)).toEqual(SHUT);
  expect(await seenAtDoor(other)).toEqual(SHUT);
  await other.close();
});

test('nothing opens it again: a reload, the way back, an address of an incident, a restart of the browser', async () => {
  const { page, context } = console_;
  await page.reload();
  expect(await seenAtDoor(page)).toEqual(SHUT);
  await page.goBack().catch(() => null);
  expect(await seenAtDoor(page)).toEqual(SHUT);
  const deep = await context.newPage();
  await deep.goto(`${line.url}/incident/${incident}`);
  expect(await seenAtDoor(deep)).toEqual(SHUT);
  await console_.close();
  console_ = await openConsole({ url: line.url, profile });
  expect(await seenAtDoor(console_.page)).toEqual(SHUT);
});

test('a power cut right after it opens nothing either: Chromium would have forgotten it only seconds later', async () => {
  line.set({ kind: 'up' });
  await logIn(console_, server.account('operator2'));
  // What the workstation remembers is on the disk now.
  await console_.close();
  console_ = await openConsole({ url: line.url, profile });
  await expectAllSent(console_);
  line.set({ kind: 'refused' });
  await askToLogOut('Олег Рябов');
  await door(console_.page).waitFor();
  await killBrowser(console_.context, profile);
  console_ = await openConsole({ url: line.url, profile });
  expect(await seenAtDoor(console_.page)).toEqual(SHUT);
});

test('a logout without the network is told to the centre as soon as there is one', async () => {
  const { page } = console_;
  line.set({ kind: 'up' });
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  const status = () => page.evaluate(async () => (await fetch('/api/v1/session')).status);
  await expect.poll(status, { timeout: 120_000 }).toBe(401);
});

/** Types both into the login screen of a workstation without the network. */
async function tryAtDoor(account: 'operator' | 'operator2', password: string): Promise<void> {
  const { page, t } = console_;
  await door(page).fill(server.account(account).login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('session.login'), exact: true }).click();
}

const SLOWLY = { timeout: 120_000 };

interface Kept {
  readonly verifier: object | null;
  readonly waitMs: number;
}

/** Reads what this workstation keeps of a person. */
const keptOf = (account: string): Promise<Kept | null> =>
  console_.page.evaluate(
    (profile) =>
      new Promise<Kept | null>((resolve) => {
        const opening = indexedDB.open('pult-people');
        opening.onsuccess = () => {
          const { result } = opening;
          const reading = result.transaction('person').objectStore('person').get(profile);
          reading.onsuccess = () => {
            result.close();
            resolve((reading.result as Kept | undefined) ?? null);
          };
        };
      }),
    `pult:eao:${account}`,
  );

test('after a logout the copy opens without the network to the person’s own password alone', async () => {
  const { page, t } = console_;
  await logIn(console_, server.account('operator2'));
  await expect.poll(async () => (await keptOf('operator2'))?.verifier ?? null, SLOWLY).not.toBeNull();
  await askToLogOut('Олег Рябов');
  await door(page).waitFor();
  line.set({ kind: 'refused' });
  await tryAtDoor('operator2', 'не тот пароль');
  await page.getByText(t('session.offline.wrong')).waitFor();
  // Anna's words lie here too, and Oleg's password does not open them.
  await tryAtDoor('operator', server.account('operator2').password);
  await page.getByText(t('session.offline.wrong')).waitFor();
  expect(await page.locator('nav, [role="row"]').count()).toBe(0);
  await tryAtDoor('operator2', server.account('operator2').password);
  await page.getByRole('row').first().waitFor();
  await expectTruth(console_, t('truth.offline', { since: '' }).trim());
  await page.reload();
  await page.getByRole('row').first().waitFor();
  // The session at the centre is over: what is typed here is sent after a login.
  line.set({ kind: 'up' });
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page
    .getByRole('alert')
    .filter({ hasText: t('session.expired') })
    .waitFor();
  await askToLogOut('Олег Рябов');
  await door(page).waitFor();
});

test('wrong passwords without the network cost pauses that a reload and a clock set back leave standing', async () => {
  const { page, t } = console_;
  line.set({ kind: 'refused' });
  const { password } = server.account('operator');
  for (let guess = 0; guess < 4; guess += 1) {
    await tryAtDoor('operator', `мимо ${guess}`);
    await page.getByText(t('session.offline.wrong')).waitFor();
    await page.reload();
    await door(page).waitFor();
  }
  await page.clock.setSystemTime(Date.now() - 86_400_000);
  await tryAtDoor('operator', password);
  await page.getByText(t('session.offline.paused', { count: 1 })).waitFor();
  await page.reload();
  await page.clock.setSystemTime(Date.now() + 86_400_000);
  await tryAtDoor('operator', password);
  await page.getByText(t('session.offline.paused', { count: 1 })).waitFor();
  // The minute passes while the window stands open.
  await expect.poll(async () => (await keptOf('operator'))?.waitMs, SLOWLY).toBe(0);
  await tryAtDoor('operator', password);
  await page.getByRole('row').first().waitFor();
  await askToLogOut('Анна Ким');
  const anyway = page.getByRole('button', { name: t('session.logoutAnyway') });
  await anyway.or(door(page)).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await door(page).waitFor();
  line.set({ kind: 'up' });
});

test('the next person sees, reads and sends nothing of it, and the first finds all of it again', async () => {
  const { page, t } = console_;
  await logIn(console_, server.account('operator2'));
  await expectAllSent(console_);
  expect(new URL(page.url()).search).toBe('');
  await chooseNew(console_, incident);
  const topic = page.getByRole('group', { name: t('field.topic'), exact: true });
  expect(await topic.locator('[aria-pressed="true"]').count()).toBe(0);
  await openOwnNote();
  expect(await page.getByRole('dialog').getByRole('textbox').inputValue()).toBe('');
  await closeDialog();
  expect(await notesOf(incident)).toEqual([]);
  const unowned = await page.evaluate(() =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(
      (key) =>
        !key.startsWith('pult:eao:') &&
        !/^pult\.(session|language|theme|density|history|centre-offset)$/.test(key),
    ),
  );
  expect(unowned).toEqual([]);

  await askToLogOut('Олег Рябов');
  expect(await seenAtDoor(page)).toEqual(SHUT);
  await logIn(console_, server.account('operator'));
  await expectAllSent(console_);
  expect(await notesOf(incident)).toEqual(['заметка без связи']);
  await chooseNew(console_, incident);
  await openOwnNote();
  expect(await page.getByRole('dialog').getByRole('textbox').inputValue()).toBe('начатая заметка Анны');
  await closeDialog();
  expect(console_.troubles).toEqual([]);
});

test('who has not logged out goes on without the network after a restart, as before', async () => {
  line.set({ kind: 'refused' });
  await console_.close();
  console_ = await openConsole({ url: line.url, profile });
  await console_.page.getByRole('row').first().waitFor();
  expect(await door(console_.page).count()).toBe(0);
  await expectTruth(console_, console_.t('truth.offline', { since: '' }).trim());
});
