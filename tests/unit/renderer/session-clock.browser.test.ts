import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

/** The session of the page ends a day after this moment. */
const CENTRE_NOW = Date.UTC(2026, 10, 29);

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
 * Where a reload leads when the workstation's clock goes so much ahead of the centre's, which has been
 * measured, and so much time has passed.
 */
async function afterReload(ahead: number, passed: number): Promise<'in' | 'out'> {
  const context = await browser.newContext({ locale: 'ru-RU' });
  await context.clock.setFixedTime(CENTRE_NOW);
  const page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  const [rows, door] = [page.locator('#queue-rows'), page.locator('input[autocomplete=username]')];
  await rows.waitFor();
  await page.evaluate(
    (clockOffset) => window.pultConsole.setStatus({ clockOffset, connection: { state: 'live' } }),
    -ahead,
  );
  await expect.poll(() => page.evaluate(() => localStorage.getItem('pult.centre-offset'))).toBe(`${-ahead}`);
  await context.clock.setFixedTime(CENTRE_NOW + passed + ahead);
  await page.reload();
  await rows.or(door).first().waitFor();
  const stage = (await rows.isVisible()) ? 'in' : 'out';
  await context.close();
  return stage;
}

test.each([2 * MS_PER_DAY, -2 * MS_PER_DAY, 0])(
  'a session ends by the centre’s clock, whatever the workstation’s says (%i ms ahead)',
  async (ahead) => {
    expect(await afterReload(ahead, 0)).toBe('in');
    expect(await afterReload(ahead, MS_PER_DAY + 1000)).toBe('out');
  },
);
