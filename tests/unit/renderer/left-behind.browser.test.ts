import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn } from '#tests/e2e/harness/drawn.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

const TEXT =
  'Здравствуйте! Снег у подъезда убран 26 ноября, двор будет очищен полностью до конца недели. ' +
  'Подрядчику выдано предписание, вывоз проверит управа. Спасибо, что написали.';
const NAME = 'Константинопольская Александра Вениаминовна';

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

async function open(language: 'ru' | 'en', scheme: 'light' | 'dark', width = 1366): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 768 }, colorScheme: scheme });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  const page = await context.newPage();
  await page.goto(`${served.url}/not-accepted`);
  await page.locator('nav').first().waitFor();
  await page.evaluate(
    ([displayName, text]) => {
      const command = { incident: 'i', at: Date.now() };
      window.pultConsole.addLeftBehind({
        account: 'left',
        displayName: displayName ?? '',
        count: 2,
        commands: [
          { ...command, id: 'a', name: 'draftReply@1', args: { text } },
          { ...command, id: 'b', name: 'claim@1', args: {} },
        ],
      });
      window.pultConsole.addLeftBehind({ account: 'heat', displayName: 'Пётр', count: 5, commands: null });
    },
    [NAME, TEXT],
  );
  return page;
}

test.each([
  ['ru', 'light'],
  ['ru', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
] as const)('what dismissed people left is told and can be read: %s, %s', async (language, scheme) => {
  const t = wordsOf(language);
  const page = await open(language, scheme);
  await page.getByText(t('left.banner', { name: NAME, count: 2 })).waitFor();
  // Whose words this person may not read is named and counted all the same.
  await page.getByText(t('left.bannerOther', { name: 'Пётр', count: 5 })).waitFor();
  await page.getByRole('heading', { name: t('left.title', { name: NAME }) }).waitFor();
  await page.getByText(TEXT).waitFor();
  expect(await page.locator('article').count()).toBe(2);
  await drawn(page);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations.map(({ id }) => id);
  });
  expect(found).toEqual([]);
  const overflows = await page.evaluate(() => document.body.scrollWidth > window.innerWidth);
  expect(overflows).toBe(false);
  await page.context().close();
});

test('a banner that was put away stays away, the others stay', async () => {
  const t = wordsOf('ru');
  const page = await open('ru', 'light');
  const banner = page.locator('[role="status"]', { hasText: NAME });
  await banner.getByRole('button', { name: t('common.close') }).click();
  await banner.waitFor({ state: 'detached' });
  await page.getByText(t('left.bannerOther', { name: 'Пётр', count: 5 })).waitFor();
  expect(await page.getByRole('heading', { name: t('left.title', { name: NAME }) }).count()).toBe(1);
  await page.context().close();
});
