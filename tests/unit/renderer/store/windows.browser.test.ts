import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { launchChromium, launchProfile } from '#tests/helpers/chromium.ts';
import { must } from '#shared/domain/must.ts';
import { serveBundles } from '#tests/bench/store/serve-bundles.ts';
import type { Served } from '#tests/bench/store/serve-bundles.ts';
import './pages/console-page-globals.ts';

const pages = 'tests/unit/renderer/store/pages';
let served: Served;
let profile: string;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'pult-windows-'));
  served = await serveBundles([`${pages}/console-page.ts`, `${pages}/console-worker.ts`]);
});

afterAll(async () => {
  await served.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

const texts = (page: Page): Promise<readonly string[]> => page.evaluate(() => window.pult.texts());
/** Waits until the window says so of the one that owns the database. */
const expectSilence = async (page: Page, isSilent: boolean): Promise<void> =>
  void (await page.waitForFunction((wanted) => window.pult.isOwnerSilent() === wanted, isSilent));
const register = (page: Page, text: string): Promise<void> =>
  page.evaluate((words) => window.pult.register(words), text);

test('windows share one database, and the one that is left takes it over', async () => {
  const context = await launchProfile(profile);
  const openWindow = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(served.page('console-page', false));
    await page.waitForFunction(() => 'pult' in window);
    await page.evaluate(() => window.pult.open());
    return page;
  };
  const [first, second] = [await openWindow(), await openWindow()];
  await register(first, 'Яма у школы');
  const changesBefore = await second.evaluate(() => window.pult.changes());
  await register(second, 'Снег во дворе');
  expect((await texts(first)).toSorted()).toEqual(['Снег во дворе', 'Яма у школы']);
  expect(await texts(second)).toEqual(await texts(first));
  await second.waitForFunction((before) => window.pult.changes() > before, changesBefore);
  // The owner closes while the other window asks.
  const registering = register(second, 'Нет автобуса');
  await first.close();
  await registering;
  expect((await texts(second)).toSorted()).toEqual(['Нет автобуса', 'Снег во дворе', 'Яма у школы']);
  expect(await second.evaluate(() => window.pult.unsent())).toBe(3);
  await context.close();
});

test('a copy that the browser throws away under an open window keeps what is not sent', async () => {
  const browser = await launchChromium();
  const context = await browser.newContext();
  const page = await context.newPage();
  const open = async (): Promise<void> => {
    await page.goto(served.page('console-page', false));
    await page.waitForFunction(() => 'pult' in window);
    await page.evaluate(() => window.pult.open());
  };
  await open();
  for (const text of ['Яма', 'Снег', 'Свет']) await register(page, text);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: served.origin, storageTypes: 'all' });
  // Whoever asks while the browser closes the database may be told so.
  const isTold = (): Promise<boolean> =>
    window.pult.alarms().then(
      (alarms) => alarms.includes('database_lost'),
      () => false,
    );
  await page.waitForFunction(isTold);
  await register(page, 'Вода');
  for (let round = 0; round < 2; round += 1) {
    // A browser closes the databases one by one, and what is there is written anew each time.
    const held = async () => [
      (await texts(page)).toSorted(),
      await page.evaluate(() => window.pult.unsent()),
    ];
    await expect.poll(held, { timeout: 20_000 }).toEqual([['Вода', 'Свет', 'Снег', 'Яма'], 4]);
    await open();
  }
  await browser.close();
});

test('six windows: reloads, an owner that stands still and then dies lose nothing and do nothing twice', async () => {
  const browser = await launchChromium();
  const devtools = await browser.newBrowserCDPSession();
  const renderers = async (): Promise<ReadonlySet<number>> => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
    return new Set(processInfo.flatMap(({ type, id }) => (type === 'renderer' ? [id] : [])));
  };
  const context = await browser.newContext();
  const show = async (page: Page): Promise<void> => {
    await page.goto(served.page('console-page', false));
    await page.waitForFunction(() => 'pult' in window);
    await page.evaluate(() => window.pult.open());
  };
  const before = await renderers();
  const windows: Page[] = [await context.newPage()];
  const [owner] = windows as [Page];
  await show(owner);
  const own = [...(await renderers())].filter((id) => !before.has(id));
  while (windows.length < 6) {
    const page = await context.newPage();
    await show(page);
    windows.push(page);
  }
  const rest = windows.slice(1);
  const typed: string[] = [];
  const type = (page: Page): Promise<void> => {
    typed.push(`Дело ${typed.length}`);
    return register(page, typed.at(-1) ?? '');
  };
  const reloaded = must(rest.at(-1), 'a window');
  await Promise.all([...windows.slice(0, -1).map(type), show(reloaded)]);
  await type(reloaded);
  for (const signal of ['SIGSTOP', 'SIGCONT', 'SIGSTOP', 'SIGKILL'] as const) {
    const waiting = rest.slice(0, 2).map(type);
    for (const id of own) process.kill(id, signal);
    await Promise.all(rest.slice(0, 2).map((page) => expectSilence(page, signal === 'SIGSTOP')));
    if (signal !== 'SIGSTOP') await Promise.all(waiting);
  }
  const [asked] = rest as [Page];
  await expect.poll(async () => (await texts(asked)).length, { timeout: 20_000 }).toBe(typed.length);
  expect(new Set(await texts(asked))).toEqual(new Set(typed));
  expect(await asked.evaluate(() => window.pult.unsent())).toBe(typed.length);
  await browser.close();
});

/** The worker's script as a build had it that did not know `joined` yet. */
async function serveOlderWorker(page: Page): Promise<void> {
  await page.route('**/console-worker.js', async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const body = script.replace(/\bjoined:[\w$]+\(\),/, '');
    if (body === script) throw new Error('The worker’s script names the method otherwise');
    await route.fulfill({ response, body });
  });
}

test('an older window hands the database over to a newer one, and nothing is lost', async () => {
  const context = await launchProfile(profile);
  const openWindow = async (isOlder: boolean): Promise<Page> => {
    const page = await context.newPage();
    if (isOlder) await serveOlderWorker(page);
    await page.goto(served.page('console-page', false));
    await page.waitForFunction(() => 'pult' in window);
    await page.evaluate(() => window.pult.open());
    return page;
  };
  const older = await openWindow(true);
  await expect(older.evaluate(() => window.pult.joined())).rejects.toThrow('No method joined');
  const newer = await openWindow(false);
  await register(newer, 'Не горит фонарь');
  const registering = [register(older, 'Сломана скамья'), register(newer, 'Открыт люк')];
  expect(await newer.evaluate(() => window.pult.joined())).toBe(0);
  await Promise.all(registering);
  await register(older, 'Нет света');
  const written = ['Не горит фонарь', 'Нет света', 'Открыт люк', 'Сломана скамья'];
  expect((await texts(newer)).filter((text) => written.includes(text)).toSorted()).toEqual(written);
  expect(await texts(older)).toEqual(await texts(newer));
  // The older window owns the database again when it is alone.
  await newer.close();
  expect((await texts(older)).filter((text) => written.includes(text)).toSorted()).toEqual(written);
  expect(await older.evaluate(() => window.pult.unsent())).toBe(7);
  await context.close();
});

test('the next start of the browser finds everything', async () => {
  const context = await launchProfile(profile);
  const page = await context.newPage();
  await page.goto(served.page('console-page', false));
  await page.waitForFunction(() => 'pult' in window);
  await page.evaluate(() => window.pult.open());
  expect((await texts(page)).length).toBe(7);
  expect(await page.evaluate(() => window.pult.unsent())).toBe(7);
  await context.close();
});
