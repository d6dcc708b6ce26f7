import { describe, expect, it } from 'vitest';
import { strFromU8, unzipSync } from 'fflate';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import { writeWorkbook, type BookCell, type BookSheet } from '#shared/exchange/workbook-write.ts';
import { readXlsx } from '#shared/exchange/xlsx-read.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { baseFacts, reported } from '#tests/fixtures/facts.ts';

const evil = '=cmd|calc! <b>«Ы»</b> & "кавычки"';
const facts = Array.from({ length: 40 }, (_, index) => ({
  ...baseFacts,
  id: `${index}`,
  group: index % 3 === 0 ? evil : `Группа ${index % 5}`,
  topic: `Тема ${index % 4}`,
  municipality: `Район ${index % 6}`,
  agency: `agency-${index % 7}`,
  returns: index % 3,
}));
const { report } = reported(facts);

const valueOf = (cell: BookCell | undefined): string | number | null =>
  cell === null || cell === undefined ? null : typeof cell === 'object' ? cell.value : cell;

/** Counts a formula of ours again from the cells of its sheet. */
function counted(formula: string, { rows }: BookSheet): number {
  const at = (address: string): number => {
    const [, column = 'A', row = '1'] = /^\$?([A-Z])\$?(\d+)$/.exec(address) ?? [];
    return Number(valueOf(rows[Number(row) - 1]?.[column.charCodeAt(0) - 65]));
  };
  const [, first, last] = /^SUM\((\w+):(\w+)\)$/.exec(formula) ?? [];
  if (first !== undefined && last !== undefined) {
    const [from, to] = [Number(first.slice(1)), Number(last.slice(1))];
    return Array.from({ length: to - from + 1 }, (_, index) => at(`${first[0]}${from + index}`)).reduce(
      (sum, value) => sum + value,
      0,
    );
  }
  const [part = '', whole = ''] = formula.split('/');
  return at(part) / at(whole);
}

describe.each(['ru', 'en'] as const)('the summary as a workbook (%s)', (language) => {
  const sheets = summaryBook(report, language);

  it('has formulas that give what stands beside them', () => {
    let formulas = 0;
    for (const sheet of sheets)
      for (const cell of sheet.rows.flat()) {
        if (cell === null || typeof cell !== 'object' || !('formula' in cell)) continue;
        formulas += 1;
        expect(counted(cell.formula, sheet), `${sheet.name} ${cell.formula}`).toBeCloseTo(cell.value, 9);
      }
    expect(formulas).toBeGreaterThan(20);
  });

  it('is an xlsx of as many sheets, with numbers and text that stays text', async () => {
    const bytes = writeWorkbook(sheets);
    const parts = unzipSync(bytes);
    expect(Object.keys(parts).filter((name) => name.startsWith('xl/worksheets/'))).toHaveLength(
      sheets.length,
    );
    const groups = strFromU8(parts['xl/worksheets/sheet2.xml'] ?? new Uint8Array());
    expect(groups).toContain('<f>SUM(B2:B');
    expect(groups).not.toContain('<b>');
    for (const name of sheets.map((sheet) => sheet.name)) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
    const rows = [];
    for await (const some of readXlsx(bytesSource(bytes))) rows.push(...some);
    expect(rows[1]?.cells.slice(3, 5)).toEqual([40, 40]);
  });
});

it('a period with nothing in it makes a workbook too', () => {
  expect(unzipSync(writeWorkbook(summaryBook(reported([]).report, 'ru')))['xl/workbook.xml']).toBeDefined();
});
