import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { drawn } from '#tests/e2e/harness/drawn.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { consoleBrowser } from '#tests/helpers/console-browser.ts';

const chromium = consoleBrowser();
let page: Page;
let id: string;

/** The page's own day is Sunday 29 November 2026, noon. */
const TEXT = 'Анна, здравствуйте! Бригада выйдет во двор сегодня к 18:00. Площадку сделаем до 10 декабря.';

beforeEach(async () => {
  await page?.context().close();
  const context = await chromium.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${chromium.url()}/?operator`);
  await page.waitForFunction(() => 'pultConsole' in globalThis);
  const found = await page.evaluate(
    async (query) => {
      const { rows } = await window.pultConsole.store.queue(query, 0, 200);
      return rows.find(({ step }) => step === 'in_progress')?.id;
    },
    { ...FIRST_QUERY, lane: 'agencies' as const },
  );
  id = must(found, 'an incident in work');
  await answer();
});

const incident = async (): Promise<Incident> =>
  must(await page.evaluate((wanted) => window.pultConsole.store.incident(wanted), id), 'the incident');

/** The operator writes the reply on the card, as an interim one; an approver approves and publishes it. */
async function answer(): Promise<void> {
  await page.evaluate((path) => {
    window.history.pushState(null, '', path);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, `/incident/${id}`);
  await page.locator('#reply-text').fill(TEXT);
  await page.getByText('Промежуточный').click();
  await page.locator('#reply-text').press('Control+Enter');
  await page.locator('#reply-text').waitFor({ state: 'detached' });
  const number = (await incident()).history.filter(({ event }) => event === 'reply_submitted').length;
  await page.evaluate(
    ({ key, text, submissions }) => {
      const by = { id: 'approver-1', role: 'approver', agency: null } as const;
      const { pultConsole } = window;
      const submission = { number: submissions, text };
      pultConsole.actAs(by, key, { name: 'approve', args: { text, submission } });
      const args = { at: Date.now(), link: '', account: 'ЦУР', hasMedia: false };
      pultConsole.actAs(by, key, { name: 'recordPublication', args });
    },
    { key: id, text: TEXT, submissions: number },
  );
  await promises().getByText('сегодня до 18:00').waitFor();
}

const promises = () => page.getByRole('region', { name: 'Обещано автору' });

test('a promise is kept as exactly as it was written, and leads its row on its day', async () => {
  expect((await incident()).promises.map(({ phrase, precision }) => [phrase, precision])).toEqual([
    ['сегодня к 18:00', 'hour'],
    ['до 10 декабря', 'day'],
  ]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  const row = page.locator(`#row-${id}`);
  await row.getByText('сегодня до 18:00').waitFor();
  await row.getByText('«Бригада выйдет во двор сегодня к 18:00.»').waitFor();
  await drawn(page);
  expect(await seriousViolations({ page })).toEqual([]);
});

/** Another incident whose promise runs out an hour from now, before the first one's. */
const promiseSooner = (): Promise<string> =>
  page.evaluate(
    async ({ query, besides }) => {
      const { pultConsole } = window;
      const { rows } = await pultConsole.store.queue(query, 0, 200);
      const key = rows.find((row) => row.step === 'in_progress' && row.id !== besides)?.id ?? '';
      const text = 'Ответим через час.';
      const by = { id: 'operator-2', role: 'operator', agency: null } as const;
      const promises = [{ due: Date.now() + 3_600_000, phrase: 'через час', precision: 'hour' as const }];
      pultConsole.actAs(by, key, { name: 'draftReply', args: { text, kind: 'interim', promises } });
      pultConsole.actAs(by, key, { name: 'submitForApproval', args: {} });
      const submission = { number: 1, text };
      pultConsole.actAs(by, key, { name: 'approve', args: { text, submission } });
      const args = { at: Date.now(), link: '', account: 'ЦУР', hasMedia: false };
      pultConsole.actAs(by, key, { name: 'recordPublication', args });
      return key;
    },
    { query: { ...FIRST_QUERY, lane: 'agencies' as const }, besides: id },
  );

test('the lane of promises stands in the order of their own moments', async () => {
  const sooner = await promiseSooner();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'по сроку обещания' }).waitFor();
  const rows = page.locator('#queue-rows [role="row"]');
  await expect.poll(() => rows.count()).toBe(2);
  expect(await rows.evaluateAll((all) => all.map((row) => row.id))).toEqual([`row-${sooner}`, `row-${id}`]);
  expect(await rows.first().innerText()).toMatch(/^сегодня до 13:/);
});

test('by the keyboard the nearest promise is moved with a reason, told in a sentence, and taken back', async () => {
  const before = (await incident()).promises;
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: 'Перенести обещание' });
  await dialog.getByText('Обещано сегодня до 18:00').waitFor();
  const move = dialog.getByRole('button', { name: 'Перенести', exact: true });
  expect(await move.isDisabled()).toBe(true);
  await dialog.getByLabel('Почему').fill('ждём асфальт');
  await move.click();
  await dialog.getByText('Выберите день.').waitFor();
  await dialog.getByLabel('До какого дня').fill('2026-11-28');
  await dialog.getByText('Эта дата уже прошла.').waitFor();
  await dialog.getByLabel('До какого дня').fill('2026-12-04');
  await drawn(page);
  expect(await seriousViolations({ page })).toEqual([]);
  await dialog.getByLabel('Почему').press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await promises().getByText('до 4 декабря').waitFor();
  await page
    .getByText('Обещание перенесено: было 29 ноября до 18:00, стало до 4 декабря, потому что ждём асфальт')
    .waitFor();
  await page.getByRole('button', { name: 'Отменить' }).click();
  await promises().getByText('сегодня до 18:00').waitFor();
  expect((await incident()).promises).toEqual(before);
});
