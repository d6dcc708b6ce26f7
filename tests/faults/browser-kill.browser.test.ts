import { randomInt } from 'node:crypto';
import {
  existsSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from '#tests/e2e/harness/api-client.ts';
import { BadLine } from '#tests/e2e/harness/bad-line.ts';
import { expectAllSent, keptForOffline, logIn, openConsole } from '#tests/e2e/harness/console.ts';
import type { TestConsole } from '#tests/e2e/harness/test-console.ts';
import { killBrowser } from '#tests/e2e/harness/kill-browser.ts';
import { startServer, type RunningPult } from '#tests/e2e/harness/server.ts';
import { serverTruth } from '#tests/e2e/harness/server-truth.ts';
import { callStore, writeNotes } from '#tests/e2e/harness/store-call.ts';
import { until } from '#tests/e2e/harness/until.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const ROUNDS = Number(process.env['PULT_FAULT_ROUNDS'] ?? 1);
const STARTS = 3;

const profile = temporaryFolder('profile');
/** Every note the store has said is saved, over the whole run. */
const promised = new Set<string>();
let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let incidents: readonly string[];

let opened: TestConsole | null = null;

async function open(): Promise<TestConsole> {
  opened = await openConsole({ url: line.url, profile });
  return opened;
}

// One browser at a time may use the profile, whatever became of the test before.
afterEach(async () => {
  await opened?.close().catch(() => undefined);
  line.set({ kind: 'up' });
});

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  incidents = [...(await api.incidents()).values()]
    .filter(({ step }) => step.name === 'new')
    .slice(0, 4)
    .map(({ id }) => id);
  const console_ = await open();
  await logIn(console_, server.account('operator'));
  await keptForOffline(console_);
  // Cookies reach the disk half a minute late; a login is no part of what is proved here.
  await console_.close();
});

afterAll(async () => {
  await line.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

/** Notes the API holds, each text as often as it is there. */
async function notesAtServer(): Promise<readonly string[]> {
  const rows = await api.incidents();
  return incidents
    .flatMap((id) => must(rows.get(id), 'an incident').notes.map(({ text }) => text))
    .filter((text) => text.startsWith('заметка '));
}

interface Looked {
  readonly unsent: number;
  readonly isEmpty: boolean;
  readonly alarm: number | null;
}

/** Looks at the console right after a start: its rows and the words it shows. */
async function look({ page }: TestConsole): Promise<Looked> {
  const { unsent, alarms } = await callStore(page, 'status');
  const counts = await callStore(page, 'laneCounts');
  const lost = alarms.find((alarm) => alarm.kind === 'database_lost');
  return { unsent, isEmpty: counts.all === 0, alarm: lost === undefined ? null : lost.reimported };
}

/** Works until a random moment and kills the browser; gives how many notes were promised. */
async function workAndKill(round: string, isOnline: boolean): Promise<number> {
  const before = promised.size;
  const console_ = await open();
  await callStore(console_.page, 'status');
  line.set({ kind: isOnline ? 'up' : 'refused' });
  await writeNotes(console_.page, incidents, `заметка ${round}`, (text) => promised.add(text));
  await until(
    'the first note is saved, however slow the machine',
    () => Promise.resolve(promised.size),
    (size) => size > before,
  );
  await sleep(randomInt(250, 1500));
  await killBrowser(console_.context, profile);
  line.set({ kind: 'refused' });
  return promised.size - before;
}

/** Starts as often as a wipe needs to show, without the network, so that nothing is mended unseen. */
async function startThrice(): Promise<{ readonly wiped: number; readonly console_: TestConsole }> {
  const known = new Set(await notesAtServer());
  const owed = [...promised].filter((text) => !known.has(text)).length;
  let wiped = 0;
  for (let start = 1; ; start += 1) {
    const console_ = await open();
    const { unsent, isEmpty, alarm } = await look(console_);
    expect(unsent, `start ${start}: ${owed} promised notes have not reached the API`).toBeGreaterThanOrEqual(
      owed,
    );
    if (alarm !== null) {
      wiped += 1;
      await console_.page
        .getByRole('alert')
        .filter({ hasText: console_.t('alarm.database_lost', { count: alarm }) })
        .waitFor();
    }
    expect(isEmpty && alarm === null, `start ${start}: an empty queue must say why`).toBe(false);
    if (start === STARTS) return { wiped, console_ };
    await console_.close();
  }
}

/** Lets the network in: everything promised is at the API, once, in an unbroken order. */
async function expectAllArrives(console_: TestConsole): Promise<void> {
  line.set({ kind: 'up' });
  await callStore(console_.page, 'syncNow');
  await expectAllSent(console_);
  const there = await notesAtServer();
  expect([...promised].filter((text) => !there.includes(text))).toEqual([]);
  const truth = await serverTruth(server.dataDir);
  expect(truth).toMatchObject({ doubledNotes: [], missingRevisions: [], tornIncidents: [], tornClients: [] });
  await until(
    'the queue is full again',
    () => look(console_),
    ({ isEmpty }) => !isEmpty,
  );
  expect(await callStore(console_.page, 'notAccepted')).toEqual([]);
}

test(
  `no note the console called saved is lost in ${ROUNDS} kills of the whole browser, three starts after each`,
  { timeout: 60_000 + ROUNDS * 40_000 },
  async () => {
    let wipes = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      expect(await workAndKill(`${round}`, round % 2 === 0)).toBeGreaterThan(0);
      const { wiped, console_ } = await startThrice();
      wipes += wiped;
      await expectAllArrives(console_);
      await console_.close();
    }
    console.info(
      `kill -9 of the browser: ${ROUNDS} rounds of ${STARTS} starts, ${promised.size} notes saved, ` +
        `${wipes} databases wiped by Chromium, none of the notes lost`,
    );
  },
);

function databaseFolder(): string {
  const home = join(profile, 'Default', 'IndexedDB');
  const name = must(
    readdirSync(home).find(
      (folder) => folder.endsWith('.indexeddb.leveldb') && folder.includes(new URL(line.url).port),
    ),
    'the database of the origin',
  );
  return join(home, name);
}

const newestLog = (folder: string): string =>
  join(
    folder,
    must(
      readdirSync(folder)
        .filter((name) => name.endsWith('.log'))
        .toSorted()
        .at(-1),
      'a log of LevelDB',
    ),
  );

/**
 * Makes the damage that a kill leaves now and then: a record in the middle of the log with a wrong checksum.
 */
function corruptLog(): void {
  const path = newestLog(databaseFolder());
  const at = Math.floor(statSync(path).size / 2);
  const file = openSync(path, 'r+');
  const bytes = Buffer.alloc(64);
  readSync(file, bytes, 0, bytes.length, at);
  writeSync(file, Buffer.from(bytes.map((byte) => byte ^ 0xff)), 0, bytes.length, at);
  closeSync(file);
}

function cutLog(): void {
  const path = newestLog(databaseFolder());
  truncateSync(path, Math.floor(statSync(path).size / 3));
}

function removeDatabase(): void {
  rmSync(databaseFolder(), { recursive: true });
}

test.each([
  ['its folder is gone', removeDatabase, 1],
  ['a record of its log is damaged', corruptLog, 0],
  ['its log was cut', cutLog, 0],
] as const)(
  'a local database is lost because %s: the console says so, brings the actions back from the journal and downloads the rest',
  { timeout: 180_000 },
  async (_, damage, leastWipes) => {
    await workAndKill(`порча ${damage.name}`, false);
    damage();
    const known = new Set(await notesAtServer());
    const owed = [...promised].filter((text) => !known.has(text)).length;
    expect(owed).toBeGreaterThan(0);
    const { wiped, console_ } = await startThrice();
    expect(wiped).toBeGreaterThanOrEqual(leastWipes);
    await expectAllArrives(console_);
    console.info(
      `${damage.name}: ${owed} actions owed, database lost in ${wiped} of ${STARTS} starts, all arrived`,
    );
    await console_.close();
    expect(existsSync(databaseFolder())).toBe(true);
  },
);
