import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { newProfile, removeProfile, settingsText, spawnHost } from '#tests/electron-host/start-host.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { expectAllSent, logIn } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { openShell, type ShellConsole } from './harness/shell.ts';
import { chooseNew, openByNumber, submitReply, takeToWork, triageByKeyboard } from './harness/work.ts';

let server: RunningPult;
let api: ApiClient;
const profiles: string[] = [];
let opened: ShellConsole | null = null;

const profileWith = (lock: string): string => {
  const profile = newProfile();
  profiles.push(profile);
  symlinkSync(lock, join(profile, 'SingletonLock'));
  return profile;
};

beforeAll(async () => {
  server = await startServer({ hasJanuary: true, isConsoleServed: false });
  api = await ApiClient.logIn(server.url, server.account('administrator'));
});
afterEach(async () => {
  await opened?.close();
  opened = null;
});
afterAll(async () => {
  await server.stop();
  profiles.forEach(removeProfile);
});

test('the lock of another machine is told with its name, the file and what to do, and left alone', async () => {
  const profile = profileWith('arm-17.adm-22');
  const host = spawnHost({ profile, settings: settingsText(server.url) }, 1);
  let said = '';
  host.stderr?.on('data', (chunk) => (said += String(chunk)));
  const [code] = await once(host, 'close');
  expect(code).toBe(1);
  expect(said).toContain('Профиль Пульта открыт на компьютере arm-17.adm.');
  expect(said).toContain(join(profile, 'SingletonLock'));
  expect(said).not.toMatch(/^\s+at /m);
  expect(lstatSync(join(profile, 'SingletonLock')).isSymbolicLink()).toBe(true);
  // What the other machine has open was not opened to say so.
  expect(existsSync(join(profile, 'Chromium'))).toBe(false);
});

test('the lock of a process that is dead, or whose number another program has by now, is taken away', async () => {
  const sleeper = spawn('sleep', ['600']);
  try {
    for (const pid of [999_999_999, must(sleeper.pid, 'a process')]) {
      const profile = profileWith(`${hostname()}-${pid}`);
      opened = await openShell({ profile, settings: settingsText(server.url) });
      await opened.page.getByLabel(opened.t('session.loginName')).waitFor();
      expect(lstatSync(join(profile, 'SingletonLock'), { throwIfNoEntry: false })).toBeUndefined();
      await opened.close();
    }
  } finally {
    sleeper.kill();
    opened = null;
  }
});

test('a preset of all workstations names the centre, and nobody changes it here', async () => {
  const profile = newProfile();
  profiles.push(profile);
  const file = join(profile, 'pult', 'preset.json');
  mkdirSync(dirname(file));
  writeFileSync(file, JSON.stringify({ centre: server.url, updates: '' }));
  const shell = (opened = await openShell({ profile, env: { XDG_CONFIG_DIRS: profile } }));
  const { page, t } = shell;
  await logIn(shell, server.account('operator'));
  await page.goto('http://pult.app.localhost/settings');
  await page.getByText(t('shell.preset.read', { path: file })).waitFor();
  expect(await page.getByRole('button', { name: t('shell.settings.change') }).count()).toBe(0);
  await page
    .getByRole('textbox', { name: t('shell.settings.updates') })
    .and(page.locator(':disabled'))
    .waitFor();
  expect(await seriousViolations(shell)).toEqual([]);
});

test('a working day asks nobody but the centre', async () => {
  const profile = newProfile();
  profiles.push(profile);
  const savePath = join(profile, 'сводка.pdf');
  const shell = (opened = await openShell({ profile, settings: settingsText(server.url), savePath }));
  const { page, t, host } = shell;
  await logIn(shell, server.account('operator'));
  const { id } = await api.newMessage('Не чистят снег на остановке, ходить невозможно');
  await chooseNew(shell, id);
  await triageByKeyboard(shell, { topic: 'снег', municipality: 'Биробиджан' });
  await expectAllSent(shell);
  const routed = must((await api.incidents()).get(id), 'the routed incident');
  await openByNumber(shell, must(routed.number, 'a number'));
  await takeToWork(shell);
  await submitReply(shell, 'Здравствуйте! Снег убран.');
  for (const screen of ['/reports', '/settings', '/pivot', '/import', '/sending', '/queue/new']) {
    await page.goto(`${new URL(page.url()).origin}${screen}`);
    await page.locator('main').first().waitFor();
    if (screen !== '/reports') continue;
    await page.getByRole('button', { name: t('report.save') }).click();
    await page.getByRole('menuitem', { name: t('report.asPdf'), exact: true }).click();
    await page.getByText(t('shell.print.saved', { path: savePath })).waitFor();
  }
  await expectAllSent(shell);
  expect(await host.records('stray request')).toEqual([]);
  const outgoing = await host.records('outgoing');
  expect(outgoing.length).toBeGreaterThan(10);
  expect([...new Set(outgoing)]).toEqual([server.url]);
});
