import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

/**
 * Why the deadline of the first new message is when it is, on the card at this moment, and what axe finds
 * wrong on the screen.
 */
async function whyAt(moment: string, language: 'ru' | 'en') {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  await context.clock.setFixedTime(moment);
  await context.addInitScript((now) => sessionStorage.setItem('now', String(now)), Date.parse(moment));
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  const page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  const why = await page.locator('[data-why]').first().innerText();
  await page.addScriptTag({ content: axe.source });
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> };
    };
    return (await checker.run()).violations
      .filter(({ impact }) => /serious|critical/.test(impact))
      .map(({ id }) => id);
  });
  await context.close();
  return { why, violations };
}

test.each([
  ['ru', 'За 2029 нет производственного календаря: праздники посчитаны рабочими днями, срок приблизителен.'],
  [
    'en',
    'There is no production calendar for 2029: holidays are counted as working days, ' +
      'the deadline is approximate.',
  ],
] as const)(
  'a deadline in a year without a calendar is said to be approximate (%s)',
  async (language, sentence) => {
    const { why, violations } = await whyAt('2029-02-14T02:00:00Z', language);
    expect(why).toContain(sentence);
    expect(violations).toEqual([]);
    expect((await whyAt('2026-02-11T02:00:00Z', language)).why).not.toContain(sentence.slice(-20));
  },
);
