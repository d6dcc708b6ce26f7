import { rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, expectTruth, logIn, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { chosenIncident, goToLane, openNote } from './harness/work.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const profile = temporaryFolder('profile');
let server: RunningPult;
let line: BadLine;
let console_: TestConsole;

beforeAll(async () => {
  server = await startServer();
  line = await BadLine.between(server.url);
  console_ = await openConsole({ url: line.url, profile, account: server.account('operator') });
});

afterAll(async () => {
  await console_.close();
  await closeBrowser();
  await line.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

/** A logout is told to the centre beside the rest. */
const SLOWLY = { timeout: 60_000 };

const door = () => console_.page.getByLabel(console_.t('session.loginName'));

/** Everything in the browser's storage that names a person's part of it. */
const keptOf = (page: Page, account: string): Promise<readonly string[]> =>
  page.evaluate(async (own) => {
    const found: string[] = [];
    const root = await navigator.storage.getDirectory();
    for await (const folder of root.values()) {
      if (folder.kind !== 'directory') continue;
      for await (const name of (folder as FileSystemDirectoryHandle).keys())
        found.push(`${folder.name}/${name}`);
    }
    for (const { name = '' } of await indexedDB.databases()) found.push(name);
    for (const storage of [localStorage, sessionStorage])
      for (const [key, value] of Object.entries(storage)) found.push(`${key} ${value}`);
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) found.push(url);
    const people = await new Promise<unknown>((resolve) => {
      const opening = indexedDB.open('pult-people');
      opening.onsuccess = () => {
        const reading = opening.result.transaction('person').objectStore('person').getAll();
        reading.onsuccess = () => {
          opening.result.close();
          resolve(reading.result);
        };
      };
    });
    found.push(JSON.stringify(people));
    return found.filter((text) => decodeURIComponent(text).match(new RegExp(`(?:${own})(?!\\d)`)) !== null);
  }, `eao:${account}|"id":"${account}"`);

async function addNote(text: string, isSent: boolean): Promise<void> {
  const { page } = console_;
  await openNote(page);
  await page.getByRole('dialog').getByRole('textbox').fill(text);
  await page.keyboard.press(isSent ? 'Control+Enter' : 'Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function choose(item: string): Promise<void> {
  await console_.page.getByRole('button', { name: 'Анна Ким' }).click();
  await console_.page.getByRole('menuitem', { name: item }).click();
}

test('while anything waits to be sent nothing is removed, and the count is told', async () => {
  const { page, t } = console_;
  await goToLane(console_, 'N');
  line.set({ kind: 'refused' });
  await addNote('не ушло в центр', true);
  await addNote('начато и не отправлено', false);
  await expectTruth(console_, t('truth.unsent', { count: 1 }));
  await choose(t('forget.item'));
  await page.getByText(t('forget.unsent', { count: 1 })).waitFor();
  await page.getByText(t('forget.drafts', { count: 1 })).waitFor();
  expect(await page.getByRole('button', { name: t('forget.do'), exact: true }).isDisabled()).toBe(true);
  expect(await seriousViolations(console_)).toEqual([]);
  await page.keyboard.press('Escape');

  // Nor at the login screen, by anybody.
  await choose(t('session.logout'));
  await page.getByRole('button', { name: t('session.logoutAnyway') }).click();
  await door().waitFor();
  await page.getByRole('button', { name: t('forget.people', { count: 1 }) }).click();
  await page.getByRole('button', { name: t('forget.whom', { name: 'Анна Ким' }) }).click();
  await page.getByRole('button', { name: t('forget.do'), exact: true }).click();
  await page.getByText(t('forget.unsent', { count: 1 })).waitFor();
  expect(await seriousViolations(console_)).toEqual([]);
  await page.keyboard.press('Escape');

  // Nor when the browser has lost the database: the journal still holds it.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('pult:eao:operator').onsuccess = resolve;
      }),
  );
  await page.getByRole('button', { name: t('forget.whom', { name: 'Анна Ким' }) }).click();
  await page.getByRole('button', { name: t('forget.do'), exact: true }).click();
  await page.getByText(t('forget.unsent', { count: 1 })).waitFor();
  await page.keyboard.press('Escape');
  expect(await keptOf(page, 'operator')).not.toEqual([]);
});

test('a person forgets themself: every window closes and nothing of them is left', async () => {
  const { page, context, t } = console_;
  line.set({ kind: 'up' });
  await logIn(console_, server.account('operator'));
  await expectAllSent(console_);
  const other = await context.newPage();
  await other.goto(line.url);
  await other.getByRole('row').first().waitFor();
  await choose(t('forget.item'));
  await page.getByText(t('forget.drafts', { count: 1 })).waitFor();
  await page.getByRole('button', { name: t('forget.do'), exact: true }).click();
  await page.getByText(t('forget.forgotten')).waitFor();
  await other.getByLabel(t('session.loginName')).waitFor();
  // The mark of a logout that the centre has not heard of yet goes with its answer.
  for (const window of [page, other]) await expect.poll(() => keptOf(window, 'operator'), SLOWLY).toEqual([]);
  await other.close();
  // The session at the centre is over too.
  expect(await page.evaluate(async () => (await fetch('/api/v1/session')).status)).toBe(401);
  // And there is nothing to open without the network.
  line.set({ kind: 'refused' });
  await door().fill(server.account('operator').login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(server.account('operator').password);
  await page.getByRole('button', { name: t('session.login'), exact: true }).click();
  await page.getByText(t('session.offline.unknown')).waitFor();
  line.set({ kind: 'up' });
});

test('one of two people is forgotten at the login screen, and the other finds everything as it was', async () => {
  const { page, t } = console_;
  for (const [account, name] of [
    ['operator', 'Анна Ким'],
    ['operator2', 'Олег Рябов'],
  ] as const) {
    await logIn(console_, server.account(account));
    await goToLane(console_, 'N');
    await addNote(`черновик: ${account}`, false);
    await expectAllSent(console_);
    await page.getByRole('button', { name }).click();
    await page.getByRole('menuitem', { name: t('session.logout') }).click();
    await door().waitFor();
  }
  const list = page.getByRole('button', { name: t('forget.people', { count: 2 }) });
  await list.click();
  await page.getByRole('button', { name: t('forget.whom', { name: 'Анна Ким' }) }).click();
  await page.getByRole('button', { name: t('forget.do'), exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: t('forget.people', { count: 1 }) }).waitFor();
  await expect.poll(() => keptOf(page, 'operator'), SLOWLY).toEqual([]);
  expect((await keptOf(page, 'operator2')).join()).toContain('черновик: operator2');
  expect(console_.troubles).toEqual([]);
});

/** Changes what this workstation keeps of a person, or drops it as if a release before had not kept it. */
const editPerson = (account: string, part: object | null): Promise<void> =>
  console_.page.evaluate(
    ([profile, change]) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('pult-people');
        opening.onsuccess = () => {
          const { result } = opening;
          const transaction = result.transaction('person', 'readwrite');
          const people = transaction.objectStore('person');
          const reading = people.get(profile);
          reading.onsuccess = () => {
            if (change === null) people.delete(profile);
            else people.put({ ...reading.result, ...change });
          };
          transaction.oncomplete = () => {
            result.close();
            resolve();
          };
        };
      }),
    [`pult:eao:${account}`, part] as const,
  );

async function logOut(name: string): Promise<void> {
  const { page, t } = console_;
  await page.getByRole('button', { name }).click();
  await page.getByRole('menuitem', { name: t('session.logout') }).click();
  const anyway = page.getByRole('button', { name: t('session.logoutAnyway') });
  await anyway.or(door()).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await door().waitFor();
}

async function restart(): Promise<void> {
  await console_.close();
  console_ = await openConsole({ url: line.url, profile });
}

test('an administrator’s order reaches a copy through whoever works there, and waits for what is unsent', async () => {
  const { page, t } = console_;
  const api = await ApiClient.logIn(server.url, server.account('administrator'));
  await logIn(console_, server.account('operator'));
  await goToLane(console_, 'N');
  const incident = await chosenIncident(console_);
  line.set({ kind: 'refused' });
  await addNote('до распоряжения', true);
  await expectTruth(console_, t('truth.unsent', { count: 1 }));
  await logOut('Анна Ким');
  line.set({ kind: 'up' });
  await logIn(console_, server.account('operator2'));
  await api.ask('accounts/operator/forget', {});
  await expect
    .poll(async () => (await keptOf(page, 'operator')).join(), SLOWLY)
    .toMatch(/"forgetBefore":[1-9]/);
  await logOut('Олег Рябов');

  line.set({ kind: 'refused' });
  await door().fill(server.account('operator').login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(server.account('operator').password);
  await page.getByRole('button', { name: t('session.login'), exact: true }).click();
  await page.getByText(t('forget.toGo', { count: 1 })).waitFor();
  expect(await seriousViolations(console_)).toEqual([]);
  line.set({ kind: 'up' });
  await page.locator('header [role="status"]').click();
  const alert = page.getByRole('alert').filter({ hasText: t('session.expired') });
  await alert.getByRole('button', { name: t('session.login') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('session.password'), { exact: true }).fill(server.account('operator').password);
  await dialog.getByRole('button', { name: t('session.login'), exact: true }).click();
  await page.getByText(t('forget.ordered')).waitFor();
  await expect.poll(() => keptOf(page, 'operator'), SLOWLY).toEqual([]);
  const notes = (await api.incidents()).get(incident)?.notes.map(({ text }) => text);
  expect(notes).toContain('до распоряжения');
  expect((await keptOf(page, 'operator2')).join()).toContain('черновик: operator2');
  // Whoever comes in again begins a new copy, which nobody has ordered to go.
  await logIn(console_, server.account('operator'));
  await expectAllSent(console_);
});

test('a copy unused for thirty days goes at the next start, its open session too; not with unsent work', async () => {
  const { t } = console_;
  const longAgo = { usedAt: Date.now() - 31 * 86_400_000 };
  await goToLane(console_, 'N');
  line.set({ kind: 'refused' });
  await addNote('месяц без отправки', true);
  await expectTruth(console_, t('truth.unsent', { count: 1 }));
  await editPerson('operator', longAgo);
  await editPerson('operator2', longAgo);
  await restart();
  await console_.page.getByRole('row').first().waitFor();
  await expect.poll(() => keptOf(console_.page, 'operator2'), SLOWLY).toEqual([]);
  line.set({ kind: 'up' });
  await expectAllSent(console_);
  await editPerson('operator', longAgo);
  await restart();
  await door().waitFor();
  await expect.poll(() => keptOf(console_.page, 'operator'), SLOWLY).toEqual([]);
});

test('a copy that an earlier release has left is found, named and can be forgotten', async () => {
  const { page, t } = console_;
  await logIn(console_, server.account('operator2'));
  await logOut('Олег Рябов');
  await editPerson('operator2', null);
  await page.reload();
  await page.getByRole('button', { name: t('forget.people', { count: 1 }) }).click();
  await page.getByRole('button', { name: t('forget.whom', { name: 'Олег Рябов' }) }).click();
  await page.getByRole('button', { name: t('forget.do'), exact: true }).click();
  await page.getByRole('button', { name: t('forget.people', { count: 1 }) }).waitFor({ state: 'detached' });
  await expect.poll(() => keptOf(page, 'operator2'), SLOWLY).toEqual([]);
});
