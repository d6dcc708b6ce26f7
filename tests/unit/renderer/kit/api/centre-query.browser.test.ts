import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import ru from '#renderer/locales/ru.json' with { type: 'json' };
import { until } from '#tests/e2e/harness/until.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

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

const REFUSAL = { error: { kind: 'internal', message: 'out of order' } };

test('a failed reading is tried again by the minute alone, and its words stay meanwhile', async () => {
  const page: Page = await browser.newPage();
  await page.clock.install();
  let requests = 0;
  let isAnswering = true;
  const waiting: (() => void)[] = [];
  await page.route('**/api/v1/channels', async (route) => {
    requests += 1;
    if (!isAnswering) await new Promise<void>((done) => waiting.push(done));
    await route.fulfill({ status: 500, json: REFUSAL });
  });
  await page.goto(`${served.url}/unread`);
  const trouble = page.getByText(ru.unread.failed);
  await trouble.waitFor();
  // The frame reads the pages, the screen what lies in their logs.
  expect(requests).toBe(2);
  await page.evaluate(() => {
    for (const name of ['focus', 'online']) window.dispatchEvent(new Event(name));
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.clock.runFor(1000);
  expect(requests).toBe(2);
  isAnswering = false;
  await page.clock.runFor(61_000);
  const again = await until(
    'both are read again',
    async () => requests,
    (count) => count === 4,
  );
  expect(again).toBe(4);
  expect(await trouble.isVisible()).toBe(true);
  expect(await page.getByLabel(ru.centre.reading).count()).toBe(0);
  waiting.forEach((answer) => answer());
  await page.close();
});
