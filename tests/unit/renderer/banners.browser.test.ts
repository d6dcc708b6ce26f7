import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Alarm, Connection } from '#renderer/data/sync/sync-status.ts';
import { drawn } from '#tests/e2e/harness/drawn.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

const NAMES = '1024, 1031, 1033, 1040, 1058';
const MESSAGE = 'Internal error opening backing store for indexedDB.open.';

/** Alarms of a very bad day, as the engine tells them. */
const ALARMS: readonly Alarm[] = [
  { kind: 'rows_set_aside', rows: 12, names: NAMES },
  { kind: 'put_back', offered: 7 },
  { kind: 'database_lost', reimported: 3 },
  { kind: 'copies_differed', repaired: 2 },
  { kind: 'journal_failed', why: 'failed', message: MESSAGE },
  { kind: 'storage_failed', why: 'damaged', message: MESSAGE },
];
const SLOW: Connection = { state: 'connecting', attempt: 4, retryAt: null, isSlow: true };

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

interface Look {
  readonly language: 'ru' | 'en';
  readonly scheme: 'light' | 'dark';
  /** How much the browser enlarges; the window is 1366×768. */
  readonly zoom: 1 | 2;
}

async function open({ language, scheme, zoom }: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: Math.floor(1366 / zoom), height: Math.floor(768 / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: scheme,
  });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  const page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  await page.locator('nav').first().waitFor();
  return page;
}

async function expectFit(page: Page): Promise<void> {
  await drawn(page);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations.map(({ id }) => id);
  });
  expect(found).toEqual([]);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header [role="status"], main [role="alert"] span')]
      .filter(
        ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 2),
      )
      .map(({ innerText }) => innerText),
  );
  expect(cut).toEqual([]);
}

/** Words are the language's and colours the scheme's: four looks see both of each at both sizes. */
const LOOKS: readonly Look[] = [
  { language: 'ru', scheme: 'light', zoom: 1 },
  { language: 'ru', scheme: 'dark', zoom: 2 },
  { language: 'en', scheme: 'dark', zoom: 1 },
  { language: 'en', scheme: 'light', zoom: 2 },
];

test.each(LOOKS)('banners of a bad day fit and can be put away: %o', async (look) => {
  const t = wordsOf(look.language);
  const page = await open(look);
  await page.evaluate(
    ({ alarms, connection }) => {
      const common = { incident: 'i', at: Date.now(), actor: 'operator', attempts: 3, status: 500 };
      const shelved = { ...common, id: 'a', name: 'claim@1', args: {}, waiting: 2 };
      window.pultConsole.addShelved(shelved);
      window.pultConsole.setStatus({ alarms, connection });
    },
    { alarms: ALARMS, connection: SLOW },
  );
  await page.getByText(t('alarm.rows_set_aside', { count: 12, names: NAMES })).waitFor();
  await page.getByText(t('alarm.put_back', { count: 7 })).waitFor();
  await page.getByText(t('shelved.banner', { count: 1 })).waitFor();
  await page.getByText(t('truth.slow')).waitFor();
  // However much is told, there is room left to work, and what stands in the way comes first.
  const heights = await page.evaluate(() => ({
    rows: document.querySelector('#queue-rows')?.getBoundingClientRect().height ?? 0,
    banners: document.querySelector('main [role="alert"]')?.parentElement?.clientHeight ?? Infinity,
    window: innerHeight,
  }));
  expect(heights.banners).toBeLessThan(heights.window * 0.4);
  expect(heights.rows).toBeGreaterThan(40);
  const tones = await page
    .locator('main [role="alert"]')
    .evaluateAll((all) => all.map((banner) => (banner as HTMLElement).dataset['tone']));
  expect(tones.slice(0, 2)).toEqual(['bad', 'bad']);
  await expectFit(page);
  for (let left = ALARMS.length; left > 0; left -= 1) {
    await page
      .locator('main [role="alert"]')
      .getByRole('button', { name: t('common.close') })
      .first()
      .click();
  }
  await expect.poll(() => page.locator('main [role="alert"]').count()).toBe(0);
  await page.context().close();
});
