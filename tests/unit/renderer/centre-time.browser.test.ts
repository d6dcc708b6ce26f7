import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MS_PER_HOUR } from '#shared/domain/instant.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

const CENTRE_NOW = Date.UTC(2026, 1, 11, 2, 0);

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

/** Reads what tells time on the screen of a workstation whose clock is so much ahead of the centre's. */
async function timesShown(ahead: number): Promise<readonly string[]> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  await context.clock.setFixedTime(CENTRE_NOW + ahead);
  await context.addInitScript((now) => sessionStorage.setItem('now', String(now)), CENTRE_NOW);
  const page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  await page.locator('#queue-rows').waitFor();
  await page.evaluate((clockOffset) => window.pultConsole.setStatus({ clockOffset }), -ahead);
  await page.locator('[data-why]').first().waitFor();
  const read = () =>
    page.evaluate(() =>
      ['header time', '[data-why]', '#queue-rows'].map(
        (selector) => document.querySelector<HTMLElement>(selector)?.innerText ?? '',
      ),
    );
  await expect.poll(async () => (await read())[0]).toMatch(/12:00$/);
  const shown = await read();
  await context.close();
  return shown;
}

test('time left, overdue marks and the clock are the centre’s, however the workstation’s is set', async () => {
  const right = await timesShown(0);
  expect(right[2]).not.toBe('');
  for (const hours of [1, -1, 5]) expect(await timesShown(hours * MS_PER_HOUR)).toEqual(right);
});
