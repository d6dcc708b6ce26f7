import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { COLUMNS } from '#shared/exchange/columns.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';

let server: RunningPult;
let operator: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  operator = await openConsole({ url: server.url, account: server.account('operator') });
  await operator.page.goto(`${server.url}/import`);
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

const ROWS = 30;
const TEXT = 'Который год не чистят перекрёсток';

/** A file of the registry whose column of texts has a name nobody knows, with one broken date. */
function csv(): Buffer {
  const headers = COLUMNS.map(({ key, header }) => (key === 'text' ? 'Что написали' : header));
  const rows = Array.from({ length: ROWS }, (_, index) =>
    COLUMNS.map(({ key }) => {
      if (key === 'id') return `${770_000 + index}`;
      if (key === 'number') return `${880_000 + index}`;
      if (key === 'createdAt') return index === 3 ? 'вчера' : `2024-03-05 10:${10 + index}:00`;
      if (key === 'text') return `${TEXT}, дом ${index}`;
      return key === 'step' ? 'Закрыт' : '';
    }),
  );
  return Buffer.from(
    [headers, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(';')).join('\r\n'),
  );
}

async function check({ page }: TestConsole): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'реестр.csv', mimeType: 'text/csv', buffer: csv() });
  await page.locator('table').first().waitFor();
}

async function sayWhichIsTheText({ page, t }: TestConsole): Promise<void> {
  await page.getByRole('combobox', { name: t('import.takenForColumn', { header: 'Что написали' }) }).click();
  await page.getByRole('option', { name: 'Текст инцидента *' }).click();
}

async function send({ page, t }: TestConsole): Promise<Record<string, string>> {
  await page.getByRole('button', { name: t('import.send'), exact: true }).click();
  await page.getByText(t('import.done', { name: 'реестр.csv' })).waitFor();
  const counts = page.locator('[data-count-of]');
  const names = ['read', 'created', 'updated', 'unchanged', 'refused', 'warnings'];
  const values = await counts.locator('dd').allInnerTexts();
  return Object.fromEntries(names.map((name, index) => [name, must(values[index], name)]));
}

test('a file is checked, its columns are named, and it is taken with a list of what was not', async () => {
  const { page, t } = operator;
  await check(operator);
  await page.getByText(t('import.missing', { columns: 'Текст инцидента' })).waitFor();
  expect(await page.getByRole('button', { name: t('import.send'), exact: true }).isDisabled()).toBe(true);
  await sayWhichIsTheText(operator);
  await page.getByText(t('import.willNotBeTaken', { count: 1 })).waitFor();
  expect(await seriousViolations(operator)).toEqual([]);
  expect(await send(operator)).toEqual({
    read: '30',
    created: '29',
    updated: '0',
    unchanged: '0',
    refused: '1',
    // The file ends without a line break, as one that was cut may.
    warnings: '1',
  });
  expect(await page.locator('table tbody tr').allInnerTexts()).toEqual([
    expect.stringMatching(/^5\s+Дата создания\s+.+\s+вчера$/),
    expect.stringMatching(/^31\s+файл кончается без перевода строки/),
  ]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    // Of what was refused; the list of reservations below has a button of its own.
    page
      .getByRole('button', { name: t('import.saveCsv') })
      .first()
      .click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('"вчера"');
  expect(await seriousViolations(operator)).toEqual([]);
});

test('the same file again doubles nothing', async () => {
  await operator.page.getByRole('button', { name: operator.t('import.other') }).click();
  await check(operator);
  await sayWhichIsTheText(operator);
  expect(await send(operator)).toEqual({
    read: '30',
    created: '0',
    updated: '0',
    unchanged: '29',
    refused: '1',
    // The file ends without a line break, as one that was cut may.
    warnings: '1',
  });
});

test('a word nobody knows refuses nothing, and a person says what it means', async () => {
  const { page, t } = operator;
  await page.getByRole('button', { name: t('import.other') }).click();
  const file = new URL('../fixtures/import/unknown-step.csv', import.meta.url);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'реестр.csv', mimeType: 'text/csv', buffer: readFileSync(file) });
  const odd = page.getByRole('region', { name: t('import.odd') });
  await odd.waitFor();
  expect(await odd.locator('tbody tr').count()).toBe(6);
  const label = { column: 'Текущий шаг инцидента', value: 'На доработке' };
  await page.getByRole('combobox', { name: t('import.readCellAs', label) }).click();
  await page.getByRole('option', { name: 'В работе', exact: true }).click();
  expect(await seriousViolations(operator)).toEqual([]);
  expect(await send(operator)).toMatchObject({ read: '6', created: '6', refused: '0', warnings: '5' });
  expect(await seriousViolations(operator)).toEqual([]);
});

test('what came in goes out for its days', async () => {
  const { page, t } = operator;
  await page.getByLabel(t('export.from'), { exact: true }).fill('2024-03-05');
  await page.getByLabel(t('export.to'), { exact: true }).fill('2024-03-05');
  await page.getByText(t('export.formats.csv'), { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t('export.save') }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('pult-eao-2024-03-05-2024-03-05.csv');
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.split(TEXT).length - 1).toBe(29);
  expect(operator.troubles).toEqual([]);
});

test('an approver may take files out but not in', async () => {
  const approver = await openConsole({ url: server.url, account: server.account('approver') });
  await approver.page.goto(`${server.url}/import`);
  await approver.page.getByText(approver.t('import.mayNot')).waitFor();
  expect(await approver.page.locator('input[type=file]').count()).toBe(0);
  // The connection is being made when the page has just been loaded.
  await approver.page
    .getByRole('button', { name: approver.t('export.save') })
    .and(approver.page.locator(':enabled'))
    .waitFor();
});
