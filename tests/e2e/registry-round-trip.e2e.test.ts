import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { COLUMNS, type ColumnKey } from '#shared/exchange/columns.ts';
import { readXlsx } from '#shared/exchange/xlsx-read.ts';
import { gathered, placeOf } from '#tests/fixtures/exchange.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { openByNumber } from './harness/work.ts';

const SAMPLE = join(root, 'tests', 'fixtures', 'registry-export-sample.xlsx');

let server: RunningPult;
let operator: TestConsole;
let colleague: TestConsole;
let before: RawCell[][];

/** Header and rows, all 47 cells of each, absent ones as null; rows in the order of their ids. */
async function grid(path: string): Promise<RawCell[][]> {
  const rows = await gathered(readXlsx(bytesSource(readFileSync(path))));
  const cells = rows.map((row) => COLUMNS.map((_, at) => row.cells[at] ?? null));
  return [
    must(cells[0], 'a header'),
    ...cells.slice(1).toSorted((a, b) => Number(a[placeOf('id')]) - Number(b[placeOf('id')])),
  ];
}

const column = (key: ColumnKey): readonly string[] => before.slice(1).map((row) => String(row[placeOf(key)]));

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  before = await grid(SAMPLE);
  operator = await openConsole({ url: server.url, account: server.account('operator') });
  colleague = await openConsole({ url: server.url, account: server.account('operator2') });
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

test('a registry’s file comes in and stands on both consoles', async () => {
  const { page, t } = operator;
  await page.goto(`${server.url}/import`);
  await page.locator('input[type=file]').setInputFiles(SAMPLE);
  await page.getByRole('button', { name: t('import.send'), exact: true }).click();
  await page.getByText(t('import.done', { name: 'registry-export-sample.xlsx' })).waitFor();
  expect(await page.locator('[data-count-of="created"] dd').innerText()).toBe(String(before.length - 1));
  expect(await page.locator('[data-count-of="refused"] dd').innerText()).toBe('0');
  await expectAllSent(operator);
  const number = Number(column('number')[0]);
  await openByNumber(operator, number);
  await openByNumber(colleague, number);
  const text = must(column('text')[0], 'a text').replace(/^'/, '').split('<br>')[0] ?? '';
  await colleague.page.getByText(text.slice(-20)).first().waitFor();
});

test('it goes out again the same, cell by cell', async () => {
  const { page, t } = operator;
  const days = column('createdAt')
    .map((at) => at.slice(0, 10))
    .toSorted();
  await page.goto(`${server.url}/import`);
  await page.getByLabel(t('export.from'), { exact: true }).fill(must(days[0], 'a day'));
  await page.getByLabel(t('export.to'), { exact: true }).fill(must(days.at(-1), 'a day'));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t('export.save') }).click(),
  ]);
  expect(await grid(await download.path())).toEqual(before);
  expect([...operator.troubles, ...colleague.troubles]).toEqual([]);
});
