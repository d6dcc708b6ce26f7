import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedAlarm } from '#shared/protocol/feed-alarms.ts';
import { drawn } from '#tests/e2e/harness/drawn.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

const MB = 1_048_576;

let served: ConsolePage;
let browser: Browser;

beforeAll(async () => {
  served = await serveConsolePage();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await served.server.close();
});

const alarm = (change: Partial<FeedAlarm>): FeedAlarm => ({
  actor: 'channel:1',
  kind: 'channel',
  name: 'Типичный Биробиджан',
  at: Date.now(),
  since: Date.now() - 3_600_000,
  bytes: 240 * MB,
  limit: 100 * MB,
  ...change,
});

async function open(
  language: 'ru' | 'en',
  scheme: 'light' | 'dark',
  width: number,
  who: string,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 768 }, colorScheme: scheme });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  const page = await context.newPage();
  const alarms = [alarm({}), alarm({ actor: 'o-7', kind: 'account', name: 'Анна Смирнова' })];
  await page.route('**/api/v1/feed-alarms', (route) => route.fulfill({ json: { alarms } }));
  await page.goto(`${served.url}/queue/new${who}`);
  await page.locator('nav').first().waitFor();
  return page;
}

test.each([
  ['ru', 'light', 1366],
  ['ru', 'dark', 1920],
  ['en', 'light', 1920],
  ['en', 'dark', 683],
] as const)('an administrator is told who swells the feed: %s, %s, %i', async (language, scheme, width) => {
  const t = wordsOf(language);
  const page = await open(language, scheme, width, '?administrator');
  const banner = page.getByRole('alert').filter({ hasText: 'Типичный Биробиджан' });
  await banner.waitFor();
  const words = await banner.textContent();
  for (const part of ['240', '100', t('feedAlarm.more', { count: 1 })]) expect(words).toContain(part);
  await drawn(page);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations.map(({ id }) => id);
  });
  expect(found).toEqual([]);
  if (process.env['PULT_PICTURES'] !== undefined)
    await page.screenshot({
      path: `${process.env['PULT_PICTURES']}/feed-${language}-${scheme}-${width}.png`,
    });
  await banner.getByRole('button', { name: t('common.close') }).click();
  const next = page.getByRole('alert').filter({ hasText: 'Анна Смирнова' });
  await next.waitFor();
  await next.getByRole('button', { name: t('common.close') }).press('Enter');
  await next.waitFor({ state: 'detached' });
  await page.context().close();
});

test('the way to the page, and to the person, is one press away', async () => {
  const t = wordsOf('ru');
  const page = await open('ru', 'light', 1366, '?administrator');
  await page.getByRole('button', { name: t('feedAlarm.to.channel') }).click();
  await page.waitForURL('**/channels');
  await page
    .getByRole('alert')
    .filter({ hasText: 'Типичный Биробиджан' })
    .getByRole('button', { name: t('common.close') })
    .click();
  await page.getByRole('button', { name: t('feedAlarm.to.account') }).click();
  await page.waitForURL('**/people');
  expect(new URL(page.url()).pathname).toBe('/people');
  await page.context().close();
});

test('nobody else is asked about', async () => {
  const page = await open('ru', 'light', 1366, '');
  let isAsked = false;
  page.on('request', (request) => (isAsked ||= request.url().includes('feed-alarms')));
  await page.reload();
  await page.locator('nav').first().waitFor();
  await drawn(page);
  expect(isAsked).toBe(false);
  await page.context().close();
});
