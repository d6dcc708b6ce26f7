import { existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { ArgsOf, IncidentCommandName } from '#shared/domain/command.ts';
import { must } from '#shared/domain/must.ts';
import { listedChannelSchema } from '#shared/protocol/channels.ts';
import { newProfile, removeProfile, settingsText, spawnHost } from '#tests/electron-host/start-host.ts';
import { ApiClient, registerArgs } from './harness/api-client.ts';
import { BadLine } from './harness/bad-line.ts';
import { expectAllSent, logIn } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { openShell, type ShellConsole } from './harness/shell.ts';
import { callStore } from './harness/store-call.ts';
import { PATIENCE_MS, until } from './harness/until.ts';

/** Hours in which nothing is quiet, and hours in which everything is. */
const NEVER_QUIET = '00:00 00:00';
const ALWAYS_QUIET = '00:00 24:00';
/** Of the demo region's directory. */
const [AGENCY, ANOTHER] = ['meriya-birobidzhan', 'dep-zhkh'] as const;
const DAY_MS = 86_400_000;
/** A device of Linux that is always full. */
const FULL = '/dev/full';

const listSchema = z.object({ channels: z.array(listedChannelSchema) });

let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let shell: ShellConsole;

beforeAll(async () => {
  server = await startServer({ isConsoleServed: false });
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
});

beforeEach(async () => {
  shell = await openShell({ settings: settingsText(line.url) });
  await logIn(shell, server.account('operator'));
  await shell.page.evaluate((hours) => localStorage.setItem('pult:eao:operator.quiet', hours), NEVER_QUIET);
});

afterEach(async () => {
  line.set({ kind: 'up' });
  await shell.close();
  removeProfile(shell.host.profile);
});

afterAll(async () => {
  await line.close();
  await server.stop();
});

/** The person turns to another window; the driver's pretence that every page has the focus is put away. */
async function lookAway(): Promise<void> {
  const devtools = await shell.context.newCDPSession(shell.page);
  await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const { windowId } = await devtools.send('Browser.getWindowForTarget');
  await devtools.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
  await until(
    'nobody looks',
    () => shell.page.evaluate(() => document.hasFocus()),
    (has) => !has,
  );
}

const notices = async (): Promise<readonly string[]> =>
  ((await shell.host.records('notification')) as { title: string }[]).map(({ title }) => title);

const connection = async () => (await callStore(shell.page, 'status')).connection;

const lanes = () => callStore(shell.page, 'laneCounts');

/** Waits for a notification, and goes where a click on it leads. */
async function toldAndOpened(title: string, path: string): Promise<void> {
  await until(title, notices, (all) => all.includes(title));
  await shell.host.order({ kind: 'click-notification', title });
  await shell.page.waitForURL((url) => url.pathname === path);
}

/** Does these to an incident at the centre, one after another. */
async function atTheCentre(
  id: string,
  ...commands: readonly { [N in IncidentCommandName]: readonly [N, ArgsOf<N>] }[IncidentCommandName][]
): Promise<void> {
  const { outcomes } = await api.push(commands.map(([name, args]) => api.envelope(id, name, args)));
  expect(outcomes.map(({ status }) => status)).toEqual(commands.map(() => 'applied'));
}

const routed = [
  ['classify', { group: 'Дороги', topic: 'Освещение', from: '' }],
  ['route', { agency: AGENCY, unit: '', from: '', reason: '' }],
] as const;

/** The local copy has it, so a command on it can be given. */
const hasCome = (id: string) =>
  until(
    'it came',
    () => callStore(shell.page, 'incident', id),
    (found) => found !== null,
  );

test('whoever looks away is told of new messages, burning deadlines, promises due and refusals, and a click leads there', async () => {
  await lookAway();
  const { t, page, host } = shell;
  const { id } = await api.newMessage('Пришло, пока никто не смотрел');
  await hasCome(id);
  await toldAndOpened(t('notice.new', { count: (await lanes()).new }), '/queue/new');

  const late = { ...registerArgs('Давно не вывозят мусор'), createdAt: Date.now() - 20 * DAY_MS };
  const old = api.envelope(id.replace(/^.{8}/, '0190aaaa'), 'register', late);
  await api.push([old]);
  await hasCome(old.incident);
  await atTheCentre(old.incident, ...routed);
  await toldAndOpened(t('notice.burning', { count: (await lanes()).burning }), '/queue/burning');
  await page.locator(`#row-${old.incident}`).waitFor();
  await until(
    'the number on the icon',
    async () => [(await host.records('badge')).at(-1), (await lanes()).burning],
    ([shown, counted]) => shown === counted,
  );

  const text = 'Сделаем сегодня';
  const promises = [{ due: Date.now() + 5000, phrase: 'сегодня' }];
  await atTheCentre(
    id,
    ...routed,
    ['takeToWork', {}],
    ['draftReply', { text, kind: 'interim', promises }],
    ['submitForApproval', {}],
    ['approve', { text, submission: { number: 1, text } }],
    ['recordPublication', { at: Date.now(), link: '', account: '', hasMedia: false }],
  );
  await toldAndOpened(t('notice.promised', { count: 1 }), '/queue/promised');

  const disputed = await api.newMessage('Спорное сообщение');
  await hasCome(disputed.id);
  line.set({ kind: 'refused' });
  const mine = { name: 'route', args: { agency: ANOTHER, unit: '', from: '', reason: '' } } as const;
  const classified = { name: 'classify', args: { group: 'Дороги', topic: 'Освещение', from: '' } } as const;
  for (const command of [classified, mine])
    expect(await callStore(page, 'dispatch', disputed.id, command)).toMatchObject({ ok: true });
  await atTheCentre(disputed.id, ...routed);
  line.set({ kind: 'up' });
  await callStore(page, 'syncNow');
  await toldAndOpened(t('notice.refused', { count: 1 }), '/not-accepted');
  expect(await host.records('focus')).not.toHaveLength(0);
});

test('a page of a network that went down is told, too', async () => {
  await lookAway();
  const page = {
    network: 'telegram',
    name: 'ЦУР в Telegram',
    pageId: '-1001234567890',
    baseUrl: 'http://127.0.0.1:9',
    token: '123456:telegram-token',
    secret: 'a-secret-of-ours',
    reception: 'poll',
  };
  await api.ask('channels', page);
  await until(
    'the centre knows of it',
    async () => listSchema.parse(await (await api.ask('channels')).json()).channels,
    (channels) => channels.some(({ trouble }) => trouble?.kind === 'unreachable'),
  );
  // A console reads the pages by the minute, and at once when it is back at the centre.
  line.set({ kind: 'refused' });
  await until('the line is down', connection, ({ state }) => state !== 'live');
  line.set({ kind: 'up' });
  await callStore(shell.page, 'syncNow');
  await toldAndOpened(shell.t('channels.down', { name: page.name }), '/channels');
  expect(await notices()).toHaveLength(1);
});

/** The screen says as many as the store counts, so whatever is told with a count has been told. */
const shown = async (): Promise<void> => {
  const { new: count } = await lanes();
  await shell.page
    .locator('#lane-new')
    .filter({ hasText: String(count) })
    .waitFor();
};

test('nobody is told in the quiet hours, nor while looking', async () => {
  const { page } = shell;
  const seen = await api.newMessage('Пришло на глазах');
  await hasCome(seen.id);
  await shown();
  expect(await notices()).toEqual([]);
  await page.evaluate((hours) => localStorage.setItem('pult:eao:operator.quiet', hours), ALWAYS_QUIET);
  await lookAway();
  const unseen = await api.newMessage('Пришло ночью');
  await hasCome(unseen.id);
  await shown();
  expect(await notices()).toEqual([]);
});

/**
 * Cuts the line until the next attempt is so far away, wakes the workstation up, and tells whether it came
 * before that.
 */
async function comesBeforeRetry(waitMs: number): Promise<boolean> {
  line.set({ kind: 'refused' });
  const { id } = await api.newMessage('Пришло, пока спали');
  // Every attempt that fails makes the next wait longer.
  const retryAt = await until(
    'a long wait for the next attempt',
    async () => {
      const now = await connection();
      return ('retryAt' in now ? now.retryAt : null) ?? 0;
    },
    (at) => at - Date.now() > waitMs,
  );
  line.set({ kind: 'up' });
  await shell.host.order({ kind: 'resume' });
  await hasCome(id);
  return Date.now() < retryAt;
}

test('a workstation that wakes up asks the centre at once, not when the next attempt is due', async () => {
  // On a machine so busy that the attempt became due meanwhile, nothing is shown: again, from longer waits.
  let waitMs = 2000;
  const comes = (): Promise<boolean> => comesBeforeRetry((waitMs *= 2));
  await expect.poll(comes, { timeout: 4 * PATIENCE_MS }).toBe(true);
});

test('a disk that is full under the journal is said in words, and the action is kept and sent', async () => {
  const { page, t, host } = shell;
  const { id } = await api.newMessage('Диск под журналом полон');
  await hasCome(id);
  const folder = must(readdirSync(join(host.profile, 'journal'))[0], 'a journal');
  const path = join(host.profile, 'journal', folder, '99999990.ndjson');
  symlinkSync(FULL, path);
  const note = { name: 'note', args: { text: 'на полном диске' } } as const;
  expect(await callStore(page, 'dispatch', id, note)).toMatchObject({ ok: true });
  await page
    .getByRole('alert')
    .filter({ hasText: t('alarm.journal_failed.disk_full') })
    .waitFor();
  rmSync(path);
  await expectAllSent(shell);
  const notes = must((await api.incidents()).get(id), 'the message').notes.map(({ text }) => text);
  expect(notes).toEqual(['на полном диске']);
});

test('a profile without room stops the start before anything opens it', async () => {
  const profile = newProfile();
  symlinkSync(FULL, join(profile, 'room.try'));
  const host = spawnHost({ profile }, 1);
  expect(await new Promise((done) => host.once('exit', done))).toBe(1);
  expect(existsSync(join(profile, 'settings.json'))).toBe(false);
  removeProfile(profile);
});
