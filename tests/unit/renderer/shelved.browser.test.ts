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

async function open(language: 'ru' | 'en', scheme: 'light' | 'dark', width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 768 }, colorScheme: scheme });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  const page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  await page.locator('nav').first().waitFor();
  await page.evaluate((text) => {
    const common = { incident: 'i', at: Date.now(), actor: 'operator', attempts: 3 };
    window.pultConsole.addShelved({
      ...common,
      id: 'a',
      name: 'draftReply@1',
      args: { text },
      status: 500,
      waiting: 2,
    });
    const silent = { id: 'b', name: 'claim@1', args: {}, status: null, waiting: 0 };
    window.pultConsole.addShelved({ ...common, ...silent });
  }, TEXT);
  return page;
}

test.each([
  ['ru', 'light', 1366],
  ['ru', 'dark', 1920],
  ['en', 'light', 1920],
  ['en', 'dark', 1366],
] as const)('what is never answered is told and decided: %s, %s, %i', async (language, scheme, width) => {
  const t = wordsOf(language);
  const page = await open(language, scheme, width);
  await page.getByText(t('shelved.banner', { count: 2 })).waitFor();
  await page.getByRole('button', { name: t('shelved.show') }).click();
  await page.getByRole('heading', { name: t('shelved.title') }).waitFor();
  await page.getByText(TEXT).waitFor();
  await page.getByText(t('shelved.failed', { count: 3, status: 500 })).waitFor();
  await page.getByText(t('shelved.silent', { count: 3 })).waitFor();
  await drawn(page);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations.map(({ id }) => id);
  });
  expect(found).toEqual([]);
  await page
    .getByRole('button', { name: t('shelved.retry') })
    .first()
    .click();
  await page.getByRole('button', { name: t('shelved.withdraw') }).click();
  await page.getByRole('heading', { name: t('notAccepted.emptyTitle') }).waitFor();
  await page.context().close();
});
