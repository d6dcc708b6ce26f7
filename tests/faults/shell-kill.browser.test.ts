import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { newProfile, removeProfile, settingsText } from '#tests/electron-host/start-host.ts';
import { ApiClient } from '#tests/e2e/harness/api-client.ts';
import { BadLine } from '#tests/e2e/harness/bad-line.ts';
import { expectAllSent, logIn } from '#tests/e2e/harness/console.ts';
import { browserTree } from '#tests/e2e/harness/kill-browser.ts';
import { gone, startServer, type RunningPult } from '#tests/e2e/harness/server.ts';
import { openShell, type ShellConsole } from '#tests/e2e/harness/shell.ts';
import { callStore, writeNotes } from '#tests/e2e/harness/store-call.ts';

const ROUNDS = Number(process.env['PULT_FAULT_ROUNDS'] ?? 1);
const STARTS = 3;
/** `PULT_FAULT_SQLITE=1` tries the newer storage under IndexedDB, as the setting of the shell does. */
const IS_SQLITE_TRIED = process.env['PULT_FAULT_SQLITE'] === '1';

const profile = newProfile();
/** Every note the store has said is saved, over the whole run. */
const promised = new Set<string>();
let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let incidents: readonly string[];
let opened: ShellConsole | null = null;

function workstation(): string {
  const settings = JSON.parse(settingsText(line.url)) as object;
  return JSON.stringify({ ...settings, isSqliteTried: IS_SQLITE_TRIED });
}

/** Which storage Chromium has really made: a folder of LevelDB, or a file of SQLite. */
function storageFound(): readonly string[] {
  const folder = join(profile, 'Chromium', 'Default', 'IndexedDB');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return [
    ...(names.some((name) => name.endsWith('.leveldb')) ? ['LevelDB'] : []),
    ...(names.some((name) => name.endsWith('-wal')) ? ['SQLite'] : []),
  ];
}

async function open(): Promise<ShellConsole> {
  opened = await openShell({ profile });
  return opened;
}

beforeAll(async () => {
  server = await startServer({ hasJanuary: true, isConsoleServed: false });
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  incidents = [...(await api.incidents()).values()]
    .filter(({ step }) => step.name === 'new')
    .slice(0, 4)
    .map(({ id }) => id);
  opened = await openShell({ profile, settings: workstation() });
  await logIn(opened, server.account('operator'));
  await opened.close();
});

afterEach(async () => {
  await opened?.close().catch(() => undefined);
});

afterAll(async () => {
  await line.close();
  await server.stop();
  removeProfile(profile);
});

async function notesAtServer(): Promise<readonly string[]> {
  const rows = await api.incidents();
  return incidents
    .flatMap((id) => must(rows.get(id), 'an incident').notes.map(({ text }) => text))
    .filter((text) => text.startsWith('оболочка '));
}

/** Works until a random moment; then main process and browser are killed at once, as a power cut does. */
async function workAndKill(round: number): Promise<void> {
  const shell = await open();
  await callStore(shell.page, 'status');
  line.set({ kind: round % 2 === 0 ? 'up' : 'refused' });
  const before = promised.size;
  await writeNotes(shell.page, incidents, `оболочка ${round}`, (text) => promised.add(text));
  while (promised.size === before) await sleep(20);
  await sleep(randomInt(100, 1200));
  // Listed beforehand: a browser whose main process is gone ends by itself, and must not get the time to.
  const tree = [shell.host.pid, ...browserTree(profile)];
  for (const pid of tree) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      continue;
    }
  }
  for (const pid of tree) await gone(pid);
  line.set({ kind: 'refused' });
}

/** Starts as often as a wipe needs to show, without the network; gives how many starts told of one. */
async function startThrice(): Promise<{ readonly wiped: number; readonly shell: ShellConsole }> {
  const known = new Set(await notesAtServer());
  const owed = [...promised].filter((text) => !known.has(text)).length;
  let wiped = 0;
  for (let start = 1; ; start += 1) {
    const shell = await open();
    const { unsent, alarms } = await callStore(shell.page, 'status');
    expect(unsent, `start ${start}: ${owed} promised notes have not reached the API`).toBeGreaterThanOrEqual(
      owed,
    );
    const isWiped = alarms.some(({ kind }) => kind === 'database_lost');
    if (isWiped) wiped += 1;
    const { all } = await callStore(shell.page, 'laneCounts');
    expect(all === 0 && !isWiped, `start ${start}: an empty queue must say why`).toBe(false);
    if (start === STARTS) return { wiped, shell };
    await shell.close();
  }
}

test(
  `no note the shell called saved is lost in ${ROUNDS} kills of its two processes, three starts after each`,
  { timeout: 60_000 + ROUNDS * 60_000 },
  async () => {
    let wipes = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      await workAndKill(round);
      const { wiped, shell } = await startThrice();
      wipes += wiped;
      line.set({ kind: 'up' });
      await callStore(shell.page, 'syncNow');
      await expectAllSent(shell);
      const there = await notesAtServer();
      expect([...promised].filter((text) => !there.includes(text))).toEqual([]);
      expect(new Set(there).size).toBe(there.length);
      await shell.close();
    }
    console.info(
      `kill -9 of the shell in the test host over ${storageFound().join(' and ')}: ` +
        `${ROUNDS} rounds of ${STARTS} starts, ${promised.size} notes saved, ${wipes} starts told of a ` +
        `wiped database, none of the notes lost`,
    );
  },
);
