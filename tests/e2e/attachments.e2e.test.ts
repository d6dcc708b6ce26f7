import { rmSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attachment } from '#shared/domain/attachment.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import {
  ATTACHMENT_PART_BYTES,
  attachmentStateSchema,
  type AttachmentState,
} from '#shared/protocol/attachments.ts';
import { noisePng } from '#tests/helpers/png.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
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
import { until } from './harness/until.ts';
import { expectStep, openByNumber, submitReply, takeToWork } from './harness/work.ts';

const profile = temporaryFolder('profile');
let server: RunningPult;
let line: BadLine;
/** A program of the operator's own account, which alone may ask how far its uploads have come. */
let api: ApiClient;
let operator: TestConsole;
let other: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('operator'));
  other = await openConsole({ url: server.url, account: server.account('operator2') });
  operator = await openConsole({ url: line.url, profile });
  await logIn(operator, server.account('operator'));
  await keptForOffline(operator);
});

afterAll(async () => {
  await operator.close();
  await closeBrowser();
  await line.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A part of a console's screen as a JPEG, which Chromium itself has written and can show. */
const snapshot = async ({ page }: TestConsole, name: string, width: number): Promise<ChosenFile> => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await page.screenshot({ type: 'jpeg', clip: { x: 0, y: 0, width, height: 240 } }),
});

/** Chooses files in a form and waits until each has been cleaned and kept. */
async function choose({ t }: TestConsole, form: Locator, files: readonly ChosenFile[]): Promise<void> {
  await form
    .locator('input[type=file]')
    .last()
    .setInputFiles([...files]);
  for (const { name } of files)
    await form.getByRole('button', { name: t('attachment.remove', { name }) }).waitFor();
}

/** Registers a message by hand with a file; gives the incident's id. */
async function register(console: TestConsole, text: string, file: ChosenFile): Promise<string> {
  const { page, t } = console;
  await page.keyboard.press('Shift+KeyN');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('register.text')).fill(text);
  await choose(console, dialog, [file]);
  const network = dialog.getByRole('combobox', { name: t('field.network') });
  // Later on it stands as it was chosen.
  if ((await network.inputValue()) === '') {
    await network.click();
    await page.getByRole('option', { name: t('network.vk'), exact: true }).click();
  }
  const before = page.url();
  await dialog.getByRole('button', { name: t('action.register'), exact: true }).click();
  await page.waitForURL((url) => url.href !== before && url.pathname.startsWith('/incident/'));
  return must(/incident\/([^/?]+)/.exec(page.url())?.[1], page.url());
}

/** Widths, in pixels, of the pictures a card shows under this heading; 0 while one is not decoded. */
const widths = ({ page, t }: TestConsole, label: string): Promise<readonly number[]> =>
  page
    .getByRole('list', { name: t(label) })
    .getByRole('img')
    .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth));

const expectPictures = async (
  console: TestConsole,
  label: string,
  shown: readonly number[],
): Promise<unknown> =>
  until(
    `${shown.length} pictures of «${console.t(label)}»`,
    () => widths(console, label),
    (found) => String(found) === String(shown),
  );

const fate = ({ page, t }: TestConsole): Locator =>
  page.getByRole('list', { name: t('attachment.ofMessage') }).getByRole('status');

/** The incident as the centre has it, once it has it with its number. */
async function arrived(id: string): Promise<Incident & { readonly number: number }> {
  const incident = await until(
    'the incident is in the centre',
    async () => (await api.incidents()).get(id),
    (row) => typeof row?.number === 'number',
  );
  const row = must(incident, 'an incident');
  return { ...row, number: must(row.number, 'a number') };
}

test('a screenshot chosen without a line outlives a restart, goes out with it, and a colleague sees it', async () => {
  const file = await snapshot(operator, 'яма у подъезда.jpg', 640);
  line.set({ kind: 'refused' });
  await expectTruth(operator, operator.t('truth.offline', { since: '' }).trim());
  const id = await register(operator, 'Звонок: яма у подъезда, снимок прислали на почту', file);
  await expectPictures(operator, 'attachment.ofMessage', [640]);
  await fate(operator).getByText(operator.t('attachment.waits'), { exact: true }).waitFor();
  expect(await truthText(operator)).toContain(operator.t('truth.files', { files: 1 }));

  await operator.close();
  operator = await openConsole({ url: line.url, profile });
  await expectTruth(operator, operator.t('truth.files', { files: 1 }));
  await operator.page.goto(new URL(`/incident/${id}`, operator.page.url()).href);
  await expectPictures(operator, 'attachment.ofMessage', [640]);
  await fate(operator).getByText(operator.t('attachment.waits'), { exact: true }).waitFor();

  line.set({ kind: 'up' });
  const { number } = await arrived(id);
  await openByNumber(other, number);
  await expectPictures(other, 'attachment.ofMessage', [640]);
  await expectAllSent(operator);
  await fate(operator).waitFor({ state: 'detached' });
  // The workstation has given its own copy up by now: this one comes from the centre.
  const fetched = operator.context.waitForEvent('request', (request) =>
    /\/incidents\/[^/]+\/attachments\/\w+$/.test(request.url()),
  );
  await operator.page.reload();
  await expectPictures(operator, 'attachment.ofMessage', [640]);
  await fetched;
  expect([...operator.troubles, ...other.troubles]).toEqual([]);
});

test('two photos that an executor adds to a reply stand before the approver, in their order', async () => {
  const { id, number } = await api.newMessage('Не чистят снег, ответ с двумя снимками');
  await api.push([
    api.envelope(id, 'classify', { group: 'Дороги', topic: 'Освещение', from: '' }),
    api.envelope(id, 'route', { agency: 'meriya-birobidzhan', unit: '', from: '', reason: '' }),
  ]);
  const executor = await openConsole({ url: server.url, account: server.account('executor') });
  const approver = await openConsole({ url: server.url, account: server.account('approver') });
  await openByNumber(executor, number);
  await takeToWork(executor);
  await choose(executor, executor.page.locator('main'), [
    await snapshot(executor, 'до.jpg', 500),
    await snapshot(executor, 'после.jpg', 700),
  ]);
  await submitReply(executor, 'Здравствуйте! Снег убран, снимки до и после ниже.');
  await expectAllSent(executor);
  await openByNumber(approver, number);
  await expectStep(approver, 'approval');
  const panel = approver.page.getByRole('region', { name: approver.t('approval.title') });
  await panel.getByRole('list', { name: approver.t('reply.files') }).waitFor();
  await until(
    'both photos are beside the text to approve',
    () =>
      panel.getByRole('img').evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth)),
    (shown) => String(shown) === '500,700',
  );
  expect([...executor.troubles, ...approver.troubles]).toEqual([]);
  await executor.close();
  await approver.close();
});

test('an upload cut in its middle goes on where it stood, and nothing is sent twice', async () => {
  const buffer = noisePng(1700, 1500);
  expect(buffer.length).toBeGreaterThan(4 * ATTACHMENT_PART_BYTES);
  const offsets: number[] = [];
  operator.context.on('request', (request) => {
    const offset = /\/attachments\/\w+\/parts\/(\d+)$/.exec(request.url())?.[1];
    if (offset !== undefined) offsets.push(Number(offset));
  });
  // Slow enough to be caught on its way.
  line.set({ kind: 'up', delayMs: 400 });
  const id = await register(operator, 'Письмо с большим снимком', {
    name: 'большой.png',
    mimeType: 'image/png',
    buffer,
  });
  const [words = ''] = operator.t('attachment.sending', { percent: '|' }).split('|');
  await fate(operator).filter({ hasText: words }).waitFor();
  line.set({ kind: 'refused' });
  await expectTruth(operator, operator.t('truth.offline', { since: '' }).trim());
  const beforeCut = offsets.length;
  const { attachments } = await arrived(id);
  const file = must(attachments?.[0], 'the file the message names');
  const stood = await uploadState(file);
  if (stood.state !== 'receiving') throw new Error('the upload was over before the line was cut');
  expect(stood.received).toBeGreaterThan(0);
  expect(stood.received).toBeLessThan(file.size);

  line.set({ kind: 'up' });
  await expectAllSent(operator);
  expect(await uploadState(file)).toMatchObject({ state: 'here', size: file.size, width: 1700 });
  const sentAfter = offsets.slice(beforeCut);
  expect(sentAfter.length).toBeGreaterThan(0);
  // A part that was still being stored when the centre was asked counts too: never below where it stood.
  expect(Math.min(...sentAfter)).toBeGreaterThanOrEqual(stood.received);
  expect(new Set(sentAfter).size).toBe(sentAfter.length);
  const { number } = await arrived(id);
  await openByNumber(other, number);
  await expectPictures(other, 'attachment.ofMessage', [1700]);
});

/** How far the centre says a file of the operator has come. */
async function uploadState({ hash, size }: Attachment): Promise<AttachmentState> {
  return attachmentStateSchema.parse(await (await api.ask(`attachments/${hash}`, { size })).json());
}
