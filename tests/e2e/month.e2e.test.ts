import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';
import { callStore } from './harness/store-call.ts';

const GROUPS = ['Дороги', 'Безопасность', 'ЖКХ', 'Благоустройство', 'Общественный транспорт'];

let server: RunningPult;
let console_: TestConsole;

/** Without the spaces that may not break. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

const reportSchema = z.looseObject({
  region: z.string(),
  received: z.number(),
  groups: z.array(z.object({ group: z.string(), count: z.number() })),
  firstReply: z.object({
    working: z.object({ meanMinutes: z.number(), medianMinutes: z.number() }),
    wall: z.object({ meanMinutes: z.number() }),
  }),
});

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  console_ = await openConsole({ url: server.url, account: server.account('operator') });
  await console_.page.goto(`${server.url}/reports/2022-01`);
  await console_.page.locator('article.sheet').waitFor();
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

test('January 2022 stands on the screen as it was: 389, the five groups in order, «2 ч 46 мин» beside the wall clock', async () => {
  const sheet = console_.page.locator('article.sheet');
  const text = plain(await sheet.innerText());
  expect(await sheet.locator('[data-figure="received"]').first().innerText()).toBe('389');
  expect(text).toContain('2 ч 46 мин');
  const places = GROUPS.map((group) => text.indexOf(group));
  expect(
    places.every((place) => place >= 0),
    String(places),
  ).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  // Both clocks are there, each with its name.
  expect(text).toMatch(/рабоч/i);
  expect(text).toMatch(/по часам/i);
});

test('it prints on one A4, with nothing on the paper but the sheet', async () => {
  const { page, t } = console_;
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  // What is not printed is not in the text of the page either.
  const printed = plain(await page.locator('body').innerText());
  await page.emulateMedia({ media: null });
  expect(printed).toContain('389');
  expect(printed).toContain('2 ч 46 мин');
  expect(printed).not.toContain(t('nav.settings'));
  expect(printed).not.toContain(t('report.print'));
});

test('a figure opens the incidents behind it', async () => {
  const { page, t } = console_;
  const figure = page.locator('article.sheet [data-figure^="group"]').first();
  const count = Number((await figure.innerText()).replaceAll(/\D/g, ''));
  await figure.click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(t('report.incidents', { count })).waitFor();
  expect(Number(await drawer.locator('[data-count]').getAttribute('data-count'))).toBe(count);
  await drawer.getByRole('link').first().click();
  await page.getByRole('list', { name: t('incident.history') }).waitFor();
});

test('every whole number on the full summary opens as many incidents', async () => {
  const { page } = console_;
  await page.goto(`${server.url}/reports/2022-01?size=full`);
  const sheet = page.locator('article.sheet.full');
  await sheet.waitFor();
  const printed = await sheet
    .locator('[data-figure]')
    .evaluateAll((all) =>
      all.map((element) => [element.getAttribute('data-figure') ?? '', element.textContent.trim()] as const),
    );
  // A long wait is named by its incident's number, which counts nothing.
  const numbers = new Map(
    printed.flatMap(([name, text]) => {
      const digits = text.replaceAll(/\s/g, '');
      return /^\d+$/.test(digits) && !name.startsWith('longest:') ? [[name, Number(digits)] as const] : [];
    }),
  );
  expect(numbers.size).toBeGreaterThan(120);
  const request = { form: 'month', from: '2022-01-01', to: '2022-01-31' } as const;
  const opened = new Map<string, number>();
  for (const name of numbers.keys())
    opened.set(name, (await callStore(page, 'behind', request, name, Date.now(), 0, 1)).total);
  expect(opened).toEqual(numbers);
});

test('a week, a quarter, a year and any days are one step away by the keyboard', async () => {
  const { page, t } = console_;
  await page.getByText(t('report.form.quarter'), { exact: true }).click();
  await page.waitForURL(/reports\/2022-Q1/);
  await page.keyboard.press('BracketLeft');
  await page.waitForURL(/reports\/2021-Q4/);
  await page.getByText(t('report.empty.title', { period: 'IV квартал 2021 года' })).waitFor();
  await page.keyboard.press('BracketRight');
  await page.waitForURL(/reports\/2022-Q1/);
  expect(plain(await page.locator('article.sheet h1').innerText())).toContain('I квартал 2022 года');
});

test('the command line says the same as JSON, and the API’s own page has the same words', async () => {
  const run = async (format: string) =>
    runScript('server/cli/report.ts', [
      '--region',
      'eao',
      '--month',
      '2022-01',
      '--format',
      format,
      '--data',
      server.dataDir,
    ]);
  const { code, stdout, stderr } = await run('json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const report = reportSchema.parse(JSON.parse(stdout));
  expect(report.received).toBe(389);
  expect(report.groups.slice(0, 5).map(({ group }) => group)).toEqual(GROUPS);
  expect(Math.round(report.firstReply.working.meanMinutes)).toBe(166);
  expect(report.firstReply.wall.meanMinutes).toBeGreaterThan(report.firstReply.working.meanMinutes);
  expect(plain((await run('html')).stdout).includes('2 ч 46 мин')).toBe(true);
  expect((await run('pdf')).stdout.startsWith('%PDF-')).toBe(true);
  expect(console_.troubles).toEqual([]);
});
