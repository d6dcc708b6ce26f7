import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { ShellBridge } from '#shared/protocol/ipc.ts';
import { newProfile, removeProfile, settingsText, spawnHost } from '#tests/electron-host/start-host.ts';
import { ApiClient } from './harness/api-client.ts';
import { BadLine } from './harness/bad-line.ts';
import { expectAllSent, expectTruth, logIn } from './harness/console.ts';
import { browserTree } from './harness/kill-browser.ts';
import { gone, startServer, type RunningPult } from './harness/server.ts';
import { openShell, type ShellConsole } from './harness/shell.ts';
import { callStore } from './harness/store-call.ts';
import { until } from './harness/until.ts';

declare const pultShell: ShellBridge;

let server: RunningPult;
let line: BadLine;
let stranger: Server;
let api: ApiClient;
const profiles: string[] = [];
let opened: ShellConsole | null = null;

async function open(...start: Parameters<typeof openShell>): Promise<ShellConsole> {
  opened = await openShell(...start);
  profiles.push(opened.host.profile);
  return opened;
}

/** A workstation whose operator has logged in and whose copy is whole. */
async function atWork(start: Parameters<typeof openShell>[0] = {}): Promise<ShellConsole> {
  const shell = await open({ settings: settingsText(line.url), ...start });
  await logIn(shell, server.account('operator'));
  return shell;
}

beforeAll(async () => {
  server = await startServer({ isConsoleServed: false });
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  stranger = createServer((_request, response) => response.end('<h1>Принтер</h1>'));
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  await opened?.close().catch(() => undefined);
  opened = null;
  line.set({ kind: 'up' });
});

afterAll(async () => {
  stranger.close();
  await line.close();
  await server.stop();
  profiles.forEach(removeProfile);
});

/** Everything in the journals of a profile, as whoever reads the disk sees it. */
function journalOn(profile: string): string {
  const home = join(profile, 'journal');
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('');
}

test('the first start asks for the centre, says what is wrong with an address, and leads to the queue', async () => {
  const shell = await open();
  const { page, t, host } = shell;
  const address = page.getByLabel(t('shell.address.label'));
  const strange = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  for (const [typed, kind] of [
    ['два слова', 'not_an_address'],
    ['http://127.0.0.1:9', 'no_route'],
    [strange, 'not_pult'],
    [server.url.replace('http:', 'https:'), 'tls'],
  ] as const) {
    await address.fill(typed);
    await page.getByRole('button', { name: t('shell.address.try') }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: t(`shell.address.${kind}`) })
      .waitFor();
  }
  await address.fill(server.url);
  await page.getByRole('button', { name: t('shell.address.try') }).click();
  await logIn(shell, server.account('operator'));
  await page.getByRole('row').nth(3).waitFor();
  expect(JSON.parse(readFileSync(join(host.profile, 'settings.json'), 'utf8'))).toMatchObject({
    apiAddresses: [server.url],
  });
  expect(await host.records('stray request')).toEqual([]);
});

test('nothing a page can read holds the token, and the keychain opens the next start without a login', async () => {
  const shell = await atWork();
  const held = await shell.page.evaluate(async () => {
    const answer = await fetch('/api/v1/session');
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      await answer.text(),
      [...answer.headers],
    ]);
  });
  expect(held).toContain('operator');
  expect(held).not.toMatch(/token|bearer|set-cookie/i);
  const { profile } = shell.host;
  await shell.close();
  const again = await open({ profile });
  await expectTruth(again, again.t('truth.live'));
  // The saved bytes are not the token in plain text either.
  expect(readFileSync(join(profile, 'session.bin'), 'utf8')).not.toContain('"token"');
});

test('without a keychain the next start opens offline, asks for the login and says why', async () => {
  const shell = await atWork({ keychain: 'basic_text' });
  const { profile } = shell.host;
  expect(existsSync(join(profile, 'session.bin'))).toBe(false);
  await shell.close();
  const again = await open({ profile, keychain: 'basic_text' });
  await again.page.getByRole('row').nth(3).waitFor();
  await again.page
    .getByRole('alert')
    .filter({ hasText: again.t('session.expired') })
    .getByRole('button')
    .click();
  await again.page.getByText(again.t('shell.keeping.basic_text')).waitFor();
});

test('after logging out without the network even a power cut at once opens nothing at the next start', async () => {
  const shell = await atWork();
  const { page, t, host } = shell;
  const { profile } = host;
  line.set({ kind: 'black_hole' });
  await page.getByRole('button', { name: 'Анна Ким' }).click();
  await page.getByRole('menuitem', { name: t('session.logout') }).click();
  await page.getByLabel(t('session.loginName')).waitFor();
  // The centre has not answered yet, and the token is gone all the same.
  expect(existsSync(join(profile, 'session.bin'))).toBe(false);
  const tree = browserTree(profile);
  for (const pid of [host.pid, ...tree.filter((child) => child !== host.pid)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      continue;
    }
  }
  for (const pid of tree) await gone(pid);
  await shell.close().catch(() => undefined);
  line.set({ kind: 'up' });
  const again = await open({ profile, args: ['pult://incident/1'] });
  await again.page.getByLabel(t('session.loginName')).waitFor();
  expect(await again.page.getByText('Анна Ким').count()).toBe(0);
  expect(await again.page.locator('nav, [role="row"]').count()).toBe(0);
});

test('a page cannot leave, open windows, run foreign scripts or call what is not there', async () => {
  const shell = await open({ settings: settingsText(server.url) });
  const { page, host } = shell;
  await page.getByLabel(shell.t('session.loginName')).waitFor();
  const seen = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.body.append(script);
    const scope = globalThis as unknown as Record<string, unknown>;
    return {
      wasRun: scope['wasRun'] ?? false,
      window: window.open('https://evil.example/') === null,
      names: ['require', 'process', 'ipcRenderer', 'pultHostSend', 'electron'].filter(
        (name) => name in scope,
      ),
      channels: Object.keys(pultShell.call).length,
      isFrozen: Object.isFrozen(pultShell) && Object.isFrozen(pultShell.call),
      malformed: await pultShell.call['desktop.badge'](-5),
      traversal: (await fetch('/..%2f..%2fpackage.json')).status,
      post: (await fetch('/index.html', { method: 'POST' })).status,
      strange: await fetch('https://evil.example/').then(
        () => 'came',
        () => 'refused',
      ),
    };
  });
  expect(seen).toMatchObject({
    wasRun: false,
    window: true,
    names: [],
    isFrozen: true,
    malformed: { ok: false, error: { kind: 'bad_request' } },
    traversal: 403,
    post: 405,
    strange: 'refused',
  });
  expect(seen.channels).toBeGreaterThan(10);
  for (const where of ['https://evil.example/?next=app://pult/', 'http://pult.app.localhost.evil.example/']) {
    await page.evaluate((to) => {
      location.href = to;
    }, where);
    await until(
      'it is refused',
      () => host.records('navigation stopped'),
      (all) => JSON.stringify(all).includes(where),
    );
  }
  expect(new URL(page.url()).host).toBe('pult.app.localhost');
  expect(await host.records('window.open')).toEqual([{ url: 'https://evil.example/', action: 'deny' }]);
  expect(await host.order({ kind: 'permission', permission: 'geolocation' })).toEqual([false, false]);
  expect(await host.order({ kind: 'permission', permission: 'persistent-storage' })).toEqual([true, true]);
  expect(await host.records('stray request')).toEqual([]);
  expect(await host.records('enableSandbox')).toHaveLength(1);
  expect(await host.records('schemes')).toMatchObject([
    [{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }],
  ]);
});

test('what was saved comes back from the journal after the local copy is wiped, and reaches the centre', async () => {
  const shell = await atWork();
  const { profile } = shell.host;
  const { id } = await api.newMessage(`Проверка журнала ${Date.now()}`);
  await until(
    'it came',
    () => callStore(shell.page, 'incident', id),
    (found) => found !== null,
  );
  line.set({ kind: 'refused' });
  const saved = await callStore(shell.page, 'dispatch', id, { name: 'note', args: { text: 'из журнала' } });
  expect(saved).toMatchObject({ ok: true });
  // What lies there is the keychain's to open.
  expect(journalOn(profile)).toContain('sealed1');
  expect(journalOn(profile)).not.toMatch(/из журнала|note/);
  await shell.close();
  rmSync(join(profile, 'Chromium', 'Default', 'IndexedDB'), { recursive: true });
  const again = await open({ profile });
  await again.page
    .getByRole('alert')
    .filter({ hasText: again.t('alarm.database_lost', { count: 1 }) })
    .waitFor();
  line.set({ kind: 'up' });
  await callStore(again.page, 'syncNow');
  await expectAllSent(again);
  const notes = must((await api.incidents()).get(id), 'the message').notes.map(({ text }) => text);
  expect(notes).toEqual(['из журнала']);
  expect(readdirSync(join(profile, 'journal'))).toHaveLength(1);
});

test('forgetting a person takes their journal off the disk, and the token with it', async () => {
  const shell = await atWork();
  const { page, t, host } = shell;
  const { id } = await api.newMessage(`Проверка забывания ${Date.now()}`);
  await until(
    'it came',
    () => callStore(page, 'incident', id),
    (found) => found !== null,
  );
  await callStore(page, 'dispatch', id, { name: 'note', args: { text: 'уйдёт отсюда' } });
  await expectAllSent(shell);
  expect(journalOn(host.profile)).not.toBe('');
  await page.getByRole('button', { name: 'Анна Ким' }).click();
  await page.getByRole('menuitem', { name: t('forget.item') }).click();
  await page.getByRole('button', { name: t('forget.do'), exact: true }).click();
  await page.getByText(t('forget.forgotten')).waitFor();
  expect(journalOn(host.profile)).toBe('');
  expect(existsSync(join(host.profile, 'session.bin'))).toBe(false);
});

test('without a keychain the journal lies open, and the settings say so', async () => {
  const shell = await atWork({ keychain: 'basic_text' });
  const { page, t } = shell;
  await page.goto(`${new URL(page.url()).origin}/settings`);
  await page.getByText(t('shell.settings.unsentFiles')).waitFor();
  expect(await page.getByText(t('shell.sealing.open')).isVisible()).toBe(true);
});

test('a crash of the page brings it back with what was typed, and says so', async () => {
  const shell = await atWork();
  await shell.page.evaluate(() => localStorage.setItem('pult:eao:operator.draft.x.reply', 'Набранный ответ'));
  // Chromium writes local storage a moment after it is set.
  const folder = join(shell.host.profile, 'Chromium', 'Default', 'Local Storage', 'leveldb');
  await until(
    'the draft is on the disk',
    () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes('draft.x.reply')),
    (files) => files.length > 0,
  );
  await shell.host.order({ kind: 'kill-page' });
  const back = await until(
    'the window is back',
    () => shell.context.pages().find((page) => page !== shell.page && page.url().startsWith('http://pult')),
    (page) => page !== undefined,
  );
  const page = must(back, 'a page');
  await page.getByText(shell.t('shell.afterCrash')).waitFor();
  expect(await page.evaluate(() => localStorage.getItem('pult:eao:operator.draft.x.reply'))).toBe(
    'Набранный ответ',
  );
});

test('a second start hands its link over and ends; a hostile argument is dropped', async () => {
  const shell = await atWork();
  const { id, number } = await api.newMessage(`Проверка ссылки ${Date.now()}`);
  await until(
    'it came',
    () => callStore(shell.page, 'incident', id),
    (found) => found !== null,
  );
  const args = ['--disable-web-security', 'pult://settings/../x', `pult://incident/${number}`];
  const second = spawnHost({ profile: shell.host.profile, args }, 1);
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  await shell.page.waitForURL((url) => url.pathname === `/incident/${id}`);
  expect(await shell.host.records('focus')).not.toHaveLength(0);
});

test.each([
  ['{"form":1,', 'damaged'],
  ['{"form":99,"apiAddresses":[]}', 'newer'],
  ['{"form":1,"apiAddresses":["javascript:alert(1)"]}', 'damaged'],
] as const)('settings that say %s lead to a screen with the path and two ways on', async (settings, why) => {
  const shell = await open({ settings });
  const { page, t, host } = shell;
  await page.getByText(t(`shell.settings.${why}`)).waitFor();
  await page.getByText(join(host.profile, 'settings.json')).first().waitFor();
  await page.getByRole('button', { name: t('shell.settings.showFile') }).click();
  await until(
    'it is shown',
    () => host.records('showItemInFolder'),
    (all) => all.length === 1,
  );
  await page.getByRole('button', { name: t('shell.settings.beginAnew') }).click();
  await page.getByLabel(t('shell.address.label')).waitFor();
  const aside = readdirSync(host.profile).filter((name) => /^settings\..+\.json$/.test(name));
  expect(aside).toHaveLength(1);
  expect(readFileSync(join(host.profile, must(aside[0], 'a file')), 'utf8')).toBe(settings);
});

test('the month is printed, saved as a PDF, and a missing printer is said in words', async () => {
  const profile = newProfile();
  const savePath = join(profile, 'сводка.pdf');
  const shell = await atWork({ profile, printers: [], savePath });
  const { page, t, host } = shell;
  await page.goto(`${new URL(page.url()).origin}/reports`);
  const print = page.getByRole('button', { name: t('report.print') });
  await print.click();
  await page.getByText(t('shell.print.no_printer')).waitFor();
  await page.getByRole('button', { name: t('report.save') }).click();
  await page.getByRole('menuitem', { name: t('report.asPdf'), exact: true }).click();
  await page.getByText(t('shell.print.saved', { path: savePath })).waitFor();
  expect(readFileSync(savePath).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await host.records('printToPDF')).toMatchObject([{ generateTaggedPDF: true }]);
});
