import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { StepName } from '#shared/domain/step.ts';
import { formatLocalTimestamp } from '#shared/domain/time-zone.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

const ZONE = 'Asia/Vladivostok';
const MINUTE = 60_000;

let served: ConsolePage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  served = await serveConsolePage();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await served.server.close();
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  await context.addInitScript(() => localStorage.setItem('pult.language', 'ru'));
  page = await context.newPage();
});

afterEach(() => page.context().close());

const incident = async (id: string): Promise<Incident> =>
  must(await page.evaluate((wanted) => window.pultConsole.store.incident(wanted), id), 'an incident');

/** Opens an incident of a lane that stands in this step. */
async function open(lane: string, step: StepName): Promise<Incident> {
  await page.goto(`${served.url}/queue/${lane}`);
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
  const ids = await page
    .locator('#queue-rows [id^="row-"]')
    .evaluateAll((rows) => rows.map(({ id }) => id.replace('row-', '')));
  for (const id of ids) {
    const found = await incident(id);
    if (found.step.name !== step) continue;
    await page.goto(`${served.url}/incident/${id}`);
    await page.getByRole('button', { name: 'Действия' }).waitFor();
    return found;
  }
  throw new Error(`nothing stands in ${step}`);
}

/** The moment as an input of the page takes it, to the minute. */
const typed = (at: number): string => formatLocalTimestamp(ZONE, at).slice(0, 16).replace(' ', 'T');
const wholeMinute = (at: number): number => Math.ceil(at / MINUTE) * MINUTE;

async function problems(): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const dialog = document.querySelector<HTMLElement>('[role="dialog"]');
    const found = await checker.run(dialog ?? document.body, {
      rules: {
        'landmark-no-duplicate-banner': { enabled: false },
        'page-has-heading-one': { enabled: false },
      },
    });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

test('what was taken to work by telephone is entered afterwards, with both moments in the history', async () => {
  const before = await open('agencies', 'assigned');
  await page.getByRole('button', { name: 'Действия' }).click();
  await page.getByRole('menuitem', { name: 'Записать то, что было раньше' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Взято в работу').click();
  expect(await problems()).toEqual([]);
  const when = dialog.getByLabel('Когда это было');
  const enter = dialog.getByRole('button', { name: 'Внести' });
  expect(await enter.isDisabled()).toBe(true);
  await dialog.getByLabel('Почему вносим позже').fill('не было связи');
  await enter.click();
  await dialog.getByText('Назовите момент.').waitFor();
  await when.fill(typed(before.step.since - 90 * MINUTE));
  await dialog.getByText(/этого быть не могло/).waitFor();
  expect((await incident(before.id)).step.name).toBe('assigned');
  const at = wholeMinute(before.step.since);
  await when.fill(typed(at));
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const after = await incident(before.id);
  expect(after.step).toEqual({ name: 'in_progress', since: at });
  expect(after.history.at(-1)).toMatchObject({ at, entered: { reason: 'не было связи' } });
  await page.getByText(/Взято в работу · введено позже, .* · не было связи/).waitFor();
});

test('what was typed of it is not lost by Esc', async () => {
  await open('agencies', 'assigned');
  for (const item of ['Записать то, что было раньше', 'Отложить']) {
    await page.getByRole('button', { name: 'Действия' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    const reason = page.getByRole('dialog').getByLabel(/^Почему/);
    await reason.fill('не было связи');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Вернуться' }).click();
    await page.getByText('Не сохранять введённое?').waitFor({ state: 'detached' });
    expect(await reason.inputValue()).toBe('не было связи');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Не сохранять' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
});

test('an answer given before it was approved here says why it is entered later', async () => {
  const before = await open('publishing', 'publishing');
  const approvedAt = must(before.replies.at(-1)?.approvedAt, 'an approval');
  const why = page.getByLabel(/^Ответ дан раньше, чем согласован здесь/);
  expect(await why.count()).toBe(0);
  await page.getByLabel('Когда опубликовано').fill(typed(approvedAt - 2 * MINUTE));
  await why.waitFor();
  await page.getByRole('button', { name: 'Опубликовано' }).click();
  expect((await incident(before.id)).step.name).toBe('publishing');
  await why.fill('отвечали по телефону');
  await page.getByRole('button', { name: 'Опубликовано' }).click();
  await page.getByText('Публикация записана').waitFor();
  expect((await incident(before.id)).history.at(-1)).toMatchObject({
    event: 'reply_published',
    entered: { reason: 'отвечали по телефону' },
  });
});

test('a message that a person adds is dated by the centre’s clock', async () => {
  const before = await open('agencies', 'assigned');
  const ahead = 3 * 24 * 60 * MINUTE;
  await page.evaluate((by) => window.pultConsole.setStatus({ clockOffset: -by }), ahead);
  await page.getByRole('button', { name: 'Действия' }).click();
  await page.getByRole('menuitem', { name: 'Автор написал ещё' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Спасибо, приезжали.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const said = must((await incident(before.id)).messages.at(-1), 'a message');
  const now = await page.evaluate(() => Date.now());
  expect(Math.abs(said.at - (now - ahead))).toBeLessThan(MINUTE);
});
