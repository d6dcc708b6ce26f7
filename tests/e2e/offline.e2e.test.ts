import { rmSync } from 'node:fs';
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
  truthText,
} from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { serverTruth } from './harness/server-truth.ts';
import { until } from './harness/until.ts';
import {
  openNote,
  approveReply,
  chooseNew,
  chosenIncident,
  closeIncident,
  expectStep,
  goToLane,
  openByNumber,
  recordPublication,
  submitReply,
  takeToWork,
  triageByKeyboard,
} from './harness/work.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const profile = temporaryFolder('profile');
let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let console_: TestConsole;

const open = async (): Promise<TestConsole> => openConsole({ url: line.url, profile });

/** How many actions the strip says are unsent. */
async function unsent(): Promise<number> {
  const text = await truthText(console_);
  return text.includes(console_.t('truth.allSent')) ? 0 : Number(must(/(\d+)$/.exec(text.trim())?.[1], text));
}

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  console_ = await open();
  await logIn(console_, server.account('operator'));
  // The first visit must have put everything aside that the next one needs without the network.
  await keptForOffline(console_);
});

afterAll(async () => {
  await console_.close();
  await closeBrowser();
  await line.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

test('the console can be installed on the workstation', async () => {
  const devtools = await console_.context.newCDPSession(console_.page);
  const { errors } = await devtools.send('Page.getAppManifest');
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect({ errors, installabilityErrors }).toEqual({ errors: [], installabilityErrors: [] });
  await devtools.detach();
});

test('a whole incident is worked without the network, through a reload and a restart, and arrives once', async () => {
  const { id, number } = await api.newMessage('Не чистят снег, проверка без связи');
  await chooseNew(console_, id);
  line.set({ kind: 'refused' });
  await console_.context.setOffline(true);

  await triageByKeyboard(console_, { topic: 'снег', municipality: 'ЕАО', agency: 'Мэрия' });
  await until('the unsent are counted', unsent, (count) => count === 3);
  await openByNumber(console_, number);
  await takeToWork(console_);
  await until('taking to work is counted', unsent, (count) => count === 4);

  await console_.page.reload();
  await expectStep(console_, 'in_progress');
  await until('they are there after the reload', unsent, (count) => count === 4);
  await submitReply(console_, 'Здравствуйте! Всё сделано без связи.');
  await approveReply(console_);

  await console_.close();
  console_ = await open();
  await console_.context.setOffline(true);
  await until('the unsent are there after a restart', unsent, (count) => count === 7);
  await expectTruth(console_, console_.t('truth.offline', { since: '' }).trim());
  await openByNumber(console_, number);
  await recordPublication(console_, 'Мэрия', 'https://vk.com/wall-1_1?reply=9');
  await closeIncident(console_, 'solvable', 'solved', 'author_silent');
  const waiting = await until('all are counted', unsent, (count) => count === 10);

  const before = await serverTruth(server.dataDir);
  await console_.context.setOffline(false);
  line.set({ kind: 'up' });
  const backAt = Date.now();
  await expectAllSent(console_);
  const tookMs = Date.now() - backAt;

  const after = await serverTruth(server.dataDir);
  expect(after.commands.size - before.commands.size).toBe(waiting);
  expect(after.clock - before.clock).toBe(waiting);
  expect(after).toMatchObject({ missingRevisions: [], tornIncidents: [], tornClients: [] });
  const closed = must((await api.incidents()).get(id), 'the closed incident');
  expect(closed).toMatchObject({
    step: { name: 'done' },
    closing: { reason: 'author_silent' },
    replies: [{ state: 'published' }],
  });
  expect(closed.replies).toHaveLength(1);
  expect(closed.assignments).toHaveLength(1);
  await expectStep(console_, 'done');
  console.info(
    `${waiting} actions offline, through a reload and a restart: all sent ${tookMs} ms after the ` +
      `network came back`,
  );
});

test.each([
  ['the line is a black hole', { kind: 'black_hole' }],
  ['every connection is cut', { kind: 'refused' }],
] as const)('when %s, work goes on and what was half sent is not done twice', async (_, state) => {
  const before = await serverTruth(server.dataDir);
  await goToLane(console_, 'N');
  const id = await chosenIncident(console_);
  for (let round = 1; round <= 3; round += 1) {
    line.set({ kind: 'up' });
    await openNote(console_.page);
    await console_.page.getByRole('dialog').getByRole('textbox').fill(`заметка ${state.kind} ${round}`);
    await console_.page.keyboard.press('Control+Enter');
    // Now the command is on its way, or its answer on the way back.
    line.set(state);
    await console_.page.getByRole('dialog').waitFor({ state: 'hidden' });
    line.reset();
  }
  line.set({ kind: 'up' });
  await console_.page.locator('header [role="status"]').click();
  await expectAllSent(console_);
  const after = await serverTruth(server.dataDir);
  expect(after.doubledNotes).toEqual([]);
  expect(after.commands.size - before.commands.size).toBe(3);
  const notes = must((await api.incidents()).get(id), 'the incident').notes.map(({ text }) => text);
  expect(notes.filter((text) => text.startsWith(`заметка ${state.kind}`))).toHaveLength(3);
});

test.each([
  ['a proxy has no API behind it', 502, 'truth.noAnswer'],
  ['a guest network answers with its own login', 200, 'truth.failed'],
] as const)('the dot is red while %s, and green again after', async (_, status, words) => {
  const { page, t } = console_;
  const dot = page.locator('header i[data-state]');
  await expect.poll(() => dot.getAttribute('data-state')).toBe('good');
  line.set({ kind: 'foreign', status });
  await expectTruth(console_, t(words));
  expect(await dot.getAttribute('data-state')).toBe('bad');
  line.set({ kind: 'up' });
  await page.locator('header [role="status"]').click();
  await expect.poll(() => dot.getAttribute('data-state')).toBe('good');
});

test('a local copy thrown away under the open console loses no unsent note and is downloaded again', async () => {
  const { page, context, t } = console_;
  await goToLane(console_, 'N');
  const id = await chosenIncident(console_);
  const messages = page.getByRole('row');
  line.set({ kind: 'refused' });
  await openNote(page);
  await page.getByRole('dialog').getByRole('textbox').fill('заметка до очистки');
  await page.keyboard.press('Control+Enter');
  await until('the note is counted', unsent, (count) => count === 1);
  const shown = await messages.count();

  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: line.url,
    storageTypes: 'indexeddb,file_systems',
  });
  await page
    .getByText(t('alarm.database_lost', { count: 1 }))
    .first()
    .waitFor();
  line.set({ kind: 'up' });
  await expectAllSent(console_);
  await page.reload();
  await expectAllSent(console_);
  await until(
    'the queue is whole again',
    () => messages.count(),
    (count) => count === shown,
  );
  const notes = must((await api.incidents()).get(id), 'the incident').notes.map(({ text }) => text);
  expect(notes.filter((text) => text === 'заметка до очистки')).toHaveLength(1);
});
