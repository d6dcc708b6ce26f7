import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { stateOf } from '#tests/fixtures/undoing.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

let served: ConsolePage;
let browser: Browser;
let page: Page;
const built = temporaryFolder('undo-page');

beforeAll(async () => {
  served = await serveConsolePage(built);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await served.server.close();
  rmSync(built, { recursive: true, force: true });
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  await context.addInitScript(() => localStorage.setItem('pult.language', 'ru'));
  page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
});

afterEach(() => page.context().close());

const chosen = async (): Promise<string> =>
  must(await page.locator('#queue-rows').getAttribute('aria-activedescendant'), 'a choice').replace(
    'row-',
    '',
  );
const incident = async (id: string): Promise<Incident> =>
  must(await page.evaluate((one) => window.pultConsole.store.incident(one), id), 'an incident');
const told = (words: string): Promise<void> => page.getByText(words).first().waitFor();
const keys = async (...codes: readonly string[]): Promise<void> => {
  for (const code of codes) await page.keyboard.press(code);
};

/**
 * Routes the chosen message to the first addressee, having chosen its first topic; gives what it was before.
 */
async function routeChosen(): Promise<Incident> {
  const before = await incident(await chosen());
  await keys('KeyT', 'Digit1', 'KeyR', 'Digit1', 'Enter');
  await told(`№ ${before.number}: направлено`);
  return before;
}

test('Z takes back what one Enter did, act by act, and names the incident', async () => {
  const before = await routeChosen();
  expect((await incident(before.id)).step.name).toBe('assigned');
  await keys('KeyZ');
  await told(`№ ${before.number}: направление отменено`);
  await page.getByText('направлено').waitFor({ state: 'detached' });
  expect(await incident(before.id)).toMatchObject({ step: { name: 'new' }, assignments: [] });
  await expect
    .poll(async () => {
      await keys('KeyZ');
      return stateOf(await incident(before.id));
    })
    .toEqual(stateOf(before));
  await keys('KeyZ');
  await told('Отменять нечего');
});

test('the toast’s button takes back the same, over the next message, and marks no return', async () => {
  const before = await routeChosen();
  await page.getByRole('button', { name: 'Отменить' }).click();
  await told(`№ ${before.number}: направление отменено`);
  const after = await incident(before.id);
  expect([after.step, after.assignments]).toEqual([before.step, []]);
});

test('Z goes over incidents, the newest first', async () => {
  const first = await routeChosen();
  await expect.poll(chosen).not.toBe(first.id);
  const second = await chosen();
  await keys('KeyC');
  await told('теперь за вами');
  await keys('KeyZ');
  await expect.poll(async () => (await incident(second)).holder).toBeNull();
  await keys('KeyZ');
  await told(`№ ${first.number}: направление отменено`);
  expect((await incident(first.id)).step.name).toBe('new');
});

test('what somebody acted on since is refused, by incident, act, person and moment', async () => {
  const before = await routeChosen();
  const agency = must((await incident(before.id)).assignments[0], 'a turn').agency;
  await page.evaluate(
    ([id, holder]) =>
      window.pultConsole.actAs({ id: 'executor-9', role: 'executor', agency: holder }, id, {
        name: 'takeToWork',
        args: {},
      }),
    [before.id, agency] as const,
  );
  await keys('KeyZ');
  await told(`№ ${before.number}. Отменить уже нельзя: после этого сделано «Взято в работу»`);
  expect((await incident(before.id)).step.name).toBe('in_progress');
});

test('the shift no longer counts a message that was taken back', async () => {
  await routeChosen();
  const shift = page.getByText('Смена с');
  await expect.poll(() => shift.innerText()).toContain('разобрано\u00A01');
  await keys('KeyZ');
  await expect.poll(() => shift.innerText()).toContain('разобрано\u00A00');
});

test('a letter Z in a field is a letter', async () => {
  const before = await routeChosen();
  await keys('Slash');
  await page.keyboard.type('z');
  expect(await page.getByRole('searchbox').inputValue()).toBe('z');
  expect((await incident(before.id)).step.name).toBe('assigned');
});

test('the history shows what was taken back struck out, and who took it back', async () => {
  const before = await routeChosen();
  await keys('KeyZ');
  await told('направление отменено');
  await page.getByRole('button', { name: 'Открыть', exact: true }).last().click();
  await page.getByRole('heading', { name: `№ ${before.number}` }).waitFor();
  const lines = page.getByRole('list', { name: 'История' }).getByRole('listitem');
  await expect.poll(() => lines.first().innerText()).toContain('Отменено: Направлено');
  expect(await lines.nth(1).locator('del').innerText()).toContain('Направлено');
});
