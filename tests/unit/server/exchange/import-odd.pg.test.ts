import { afterAll, beforeAll, expect, test } from 'vitest';
import { withScope } from '#server/store/database.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import { HEADERS, csvOf, numberedCells, xlsxOf } from '#tests/fixtures/exchange.ts';
import { bookOf, sheetOf, zipOf } from '#tests/helpers/foreign-xlsx.ts';
import { cellsOf, counted, importDesk } from '#tests/helpers/import-desk.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { importFixture } from '#tests/helpers/read-outcome.ts';
import { syncDatabase } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
const { newRegion, load, incidents, exported } = importDesk(() => base);
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(async () => base.stop());

test('an odd cell in an optional column refuses nothing, is counted, and goes back as it came', async () => {
  const region = await newRegion();
  const odd = {
    step: 'На Марсе',
    closedAt: '2025-12-17 20:11:04',
    audience: 'много',
    municipality: 'М'.repeat(600),
    lifetime: '4 days 00:55:00.217000',
    agency: '#N/A',
    notes: 'один\nдва',
  };
  const file = xlsxOf([HEADERS, numberedCells(1, odd), numberedCells(2)]);
  const result = await load(region, file);
  expect(counted(result)).toEqual({ read: 2, created: 2, updated: 0, unchanged: 0, refused: 0 });
  expect(result.warningsTotal).toBe(5);
  expect(result.warnings.map(({ row, column, kind }) => [row, column, kind])).toEqual([
    [2, 'Отдел', 'error_cell'],
    [2, 'Текущий шаг инцидента', 'unknown_step'],
    [2, 'Муниципалитет', 'too_long'],
    [2, 'Аудитория', 'unread_number'],
    [2, 'Дата окончания', 'closed_before_created'],
  ]);
  expect(await cellsOf(await exported(region))).toEqual(await cellsOf(file));
  const names = await withScope(base.db, { region }, (tx) => readReferenceRows(tx, region));
  expect(JSON.stringify(names)).not.toMatch(/#N\/A|МММ/);
  expect(counted(await load(region, file))).toMatchObject({ unchanged: 2 });
  expect(counted(await load(region, await exported(region, 'csv')))).toMatchObject({ unchanged: 2 });
  const readings = { step: { 'На Марсе': 'Отложено' } };
  // Told how to read the word, the same file says something new; told nothing, it then says the same again.
  expect(counted(await load(region, file, { readings }))).toMatchObject({
    updated: 1,
  });
  expect(counted(await load(region, file, { readings }))).toMatchObject({
    unchanged: 2,
  });
  expect(counted(await load(region, file))).toMatchObject({ unchanged: 2 });
  expect((await incidents(region)).map(({ step }) => step.name)).toEqual(['deferred', 'done']);
  expect(await cellsOf(await exported(region))).toEqual(await cellsOf(file));
});

test('a text that an xlsx cannot hold comes back whole, though it went out cut', async () => {
  const region = await newRegion();
  const source = csvOf([HEADERS, numberedCells(1, { text: `'${'снег<br>'.repeat(6000)}` })]);
  await load(region, source);
  const before = await incidents(region);
  const result = await load(region, await exported(region));
  expect(counted(result)).toEqual({ read: 1, created: 0, updated: 0, unchanged: 1, refused: 0 });
  expect(result.warnings).toMatchObject([
    { row: 2, column: 'Текст инцидента', kind: 'cut_cell' },
    { kind: 'long_text' },
  ]);
  expect(await incidents(region)).toEqual(before);
});

test('several sheets with the registry: the choice is a person’s', async () => {
  const region = await newRegion();
  const sheet = (n: number): string => sheetOf([HEADERS, numberedCells(n)]);
  const source = zipOf(bookOf({ Январь: sheet(1), Февраль: sheet(2) }));
  expect(await load(region, source)).toMatchObject({
    read: 0,
    isReadable: false,
    refused: [{ kind: 'several_sheets' }],
  });
  expect(await load(region, source, { sheet: 'Февраль' })).toMatchObject({ created: 1 });
  expect((await incidents(region)).map(({ number }) => number)).toEqual([30_002]);
});

test('a cut file is told as cut, and its half row is not taken; one that takes too long is told and goes on next time', async () => {
  const region = await newRegion();
  const source = importFixture('cut-in-quotes.csv');
  const result = await load(region, source);
  expect(counted(result)).toEqual({ read: 3, created: 2, updated: 0, unchanged: 0, refused: 1 });
  expect(result).toMatchObject({ isReadable: true, isCut: true, refused: [{ row: 4, kind: 'cut_row' }] });
  const rows = csvOf([HEADERS, ...Array.from({ length: 1200 }, (_, at) => numberedCells(at + 1))]);
  const { created, refused } = await load(region, rows, { maxMs: 0 });
  expect(refused).toMatchObject([{ row: created + 1, kind: 'took_too_long' }]);
  expect(created).toBeLessThan(1200);
  expect(counted(await load(region, rows))).toMatchObject({ created: 1200 - created, unchanged: created });
});
