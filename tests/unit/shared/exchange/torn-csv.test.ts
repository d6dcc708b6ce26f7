import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { COLUMNS, type ColumnKey } from '#shared/exchange/columns.ts';
import { csvLine } from '#shared/exchange/csv.ts';
import { mapHeaders } from '#shared/exchange/header-map.ts';
import { rowReader } from '#shared/exchange/row-reader.ts';
import { readTable, refusable } from '#shared/exchange/table-read.ts';
import { HEADERS, ZONE, gathered, numberedCells, placeOf } from '#tests/fixtures/exchange.ts';
import { encode, importFixture as fixture, outcomeOf } from '#tests/helpers/read-outcome.ts';
import { cpuMs } from '#tests/helpers/cpu-time.ts';

const kinds = (list: readonly { readonly row: number; readonly kind: string }[]) =>
  list.map(({ row, kind }) => `${row} ${kind}`);

/** A line as somebody writes it who never quotes. */
const rawLine = (cells: readonly RawCell[]): string => `${cells.map((cell) => cell ?? '').join(';')}\r\n`;
const header = rawLine(HEADERS);
const row = (n: number, change: Partial<Record<ColumnKey, RawCell>> = {}): string =>
  csvLine(numberedCells(n, change));
const raw = (n: number, change: Partial<Record<ColumnKey, RawCell>> = {}): string =>
  rawLine(numberedCells(n, change));

describe('a quote that was not closed', () => {
  test('swallows nothing: all six rows are taken, the torn one with a word', async () => {
    const { ids, refused, warnings, texts } = await outcomeOf(fixture('unbalanced-quote.csv'));
    expect(ids).toEqual([9_000_005, 9_000_006, 9_000_007, 9_000_008, 9_000_009, 9_000_010]);
    expect(refused).toEqual([]);
    expect(kinds(warnings)).toEqual(['3 mended_quotes']);
    expect(texts[1]).toBe('"Яма у дома, не чистят');
  });

  test.each<[string, string, readonly number[], readonly string[], readonly string[]]>([
    ['in the first row', raw(1, { text: '"Яма' }) + row(2) + row(3), [1, 2, 3], [], ['2 mended_quotes']],
    ['in the last row', row(1) + row(2) + raw(3, { text: '"Яма' }), [1, 2, 3], [], ['4 mended_quotes']],
    [
      'in every row',
      raw(1, { text: '"А' }) + raw(2, { text: '"Б' }) + raw(3, { text: '"В' }),
      [1, 2, 3],
      [],
      ['2 mended_quotes', '3 mended_quotes', '4 mended_quotes'],
    ],
    [
      'in the first column',
      raw(1, { cabinet: '"Область' }) + row(2) + row(3),
      [1, 2, 3],
      [],
      ['2 mended_quotes'],
    ],
    [
      'in the column of agencies',
      raw(1, { agency: '"Мэрия' }) + row(2) + row(3),
      [1, 2, 3],
      [],
      ['2 mended_quotes'],
    ],
    [
      'before a row whose text has a quote before a delimiter',
      raw(1, { text: '"Яма' }) + raw(2, { text: 'Дом 5"' }) + row(3),
      [1, 2, 3],
      [],
      ['2 mended_quotes'],
    ],
    [
      'before an honest text of several lines',
      raw(1, { text: '"Яма' }) + row(2, { text: "'Раз;\nдва «три»" }) + row(3),
      [1, 2, 3],
      [],
      ['2 mended_quotes'],
    ],
    [
      'in a text of several lines',
      raw(1, { text: '"Раз\nдва' }) + row(2) + row(3),
      [2, 3],
      ['2 broken_quotes'],
      [],
    ],
    [
      'with quotes inside that were not doubled',
      raw(1, { text: '"Магазин "Ромашка" закрыт"' }) + row(2),
      [1, 2],
      [],
      ['2 mended_quotes'],
    ],
    [
      'and the text ends with a name in quotes',
      raw(1, { text: '"Магазин "Ромашка""' }) + row(2),
      [1, 2],
      [],
      ['2 mended_quotes'],
    ],
    [
      'where a text only begins with a name in quotes',
      raw(1, { text: '"Ромашка" закрыта' }) + row(2),
      [1, 2],
      [],
      ['2 mended_quotes'],
    ],
    [
      'and a delimiter in the text',
      raw(1, { text: '"Яма; и ещё яма' }) + row(2),
      [2],
      ['2 broken_quotes'],
      [],
    ],
  ])('%s', async (_, rows, ids, refused, warnings) => {
    const outcome = await outcomeOf(encode(header + rows));
    expect(outcome.ids.map((id) => id - 40_000_000)).toEqual(ids);
    expect(kinds(outcome.refused)).toEqual(refused);
    expect(kinds(outcome.warnings)).toEqual(warnings);
  });
});

describe('a row torn otherwise', () => {
  test.each<[string, string, readonly number[], readonly string[], readonly string[]]>([
    [
      'by a line break in an unquoted text',
      raw(1, { text: "'Раз\nдва\n\nтри" }) + row(2),
      [1, 2],
      [],
      ['2 joined_lines'],
    ],
    [
      'by a delimiter in an unquoted text',
      raw(1, { text: "'Яма; и ещё яма" }) + row(2),
      [1, 2],
      [],
      ['2 joined_cells'],
    ],
    ['by both', raw(1, { text: "'Раз; и\nдва" }) + row(2), [1, 2], [], ['2 joined_lines']],
    [
      'by a cut in the middle of the file',
      `${raw(1).slice(0, 300)}\r\n` + row(2) + row(3),
      [2, 3],
      ['2 missing_value'],
      [],
    ],
    [
      'in its text, in the middle of the file',
      row(1) + `${raw(2).split("'Обращение")[0]}'Обра\r\n` + row(3),
      [1, 3],
      ['3 wrong_cell_count'],
      [],
    ],
    ['with a second header', row(1) + header + row(2), [1, 2], ['3 repeated_header'], []],
    ['with a total below', row(1) + 'Итого;1\r\n', [1], ['3 wrong_cell_count'], []],
    ['with empty lines', `${row(1)}\r\n;;;\r\n${row(2)}\r\n\r\n`, [1, 2], [], []],
  ])('%s', async (_, rows, ids, refused, warnings) => {
    const outcome = await outcomeOf(encode(header + rows));
    expect(outcome.ids.map((id) => id - 40_000_000)).toEqual(ids);
    expect(kinds(outcome.refused)).toEqual(refused);
    expect(kinds(outcome.warnings)).toEqual(warnings);
  });

  test('by a line break, is put together with the break in its place', async () => {
    const { texts } = await outcomeOf(encode(header + raw(1, { text: "'Раз\nдва\n\nтри" }) + row(2)));
    expect(texts).toEqual(['Раз\nдва\n\nтри', 'Обращение 2']);
  });
});

const prose = fc
  .array(
    fc.constantFrom(
      'яма',
      '; ',
      ' "Ромашка" ',
      '\n',
      '\r\n',
      '5',
      ', ',
      '7; кв 9',
      '2022-01-10 10:00:00',
      '""',
      "'",
      ' ',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => `'т${pieces.join('')}`);

/** Orders of columns: as the registry has them, with the text first, and with it between ID and date. */
const orders = fc.constantFrom<readonly ColumnKey[]>(
  COLUMNS.map(({ key }) => key),
  ['text', 'number', 'createdAt', 'notes', 'id'],
  ['number', 'text', 'createdAt'],
  ['id', 'number', 'text', 'reply1', 'createdAt', 'step'],
);

test('an honest csv is read to the letter, whatever its texts say and wherever they stand', async () => {
  await fc.assert(
    fc.asyncProperty(
      orders,
      fc.array(prose, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(';', ',', '\t', '|'),
      async (keys, texts, delimiter) => {
        const pick = (cells: readonly RawCell[]): RawCell[] => keys.map((key) => cells[placeOf(key)] ?? null);
        const quoted = (cells: readonly RawCell[]): string =>
          `${cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(delimiter)}\r\n`;
        const rows = texts.map((text, at) => pick(numberedCells(at + 1, { text })));
        const { rows: read } = await readTable(encode([pick(HEADERS), ...rows].map(quoted).join('')));
        const all = await gathered(read);
        expect(all.map(({ cells, trouble }) => [keys.map((_, at) => cells[at] ?? null), trouble])).toEqual(
          rows.map((cells) => [cells.map((cell) => (cell === null ? null : String(cell))), undefined]),
        );
      },
    ),
    {
      numRuns: 400,
      // A line of prose that begins with doubled quotes has a number and the row's own date behind them.
      examples: [[['number', 'text', 'createdAt'], [`'т, 2022-01-10 10:00:00\n""5, яма`, "'тяма"], ',']],
    },
  );
});

test('whatever is done to one row, the others arrive and the sum holds', async () => {
  const harm = fc.constantFrom<(line: string) => string>(
    (line) => line.replace("'Обращение", `"'Обращение`),
    (line) => line.replace("'Обращение", `'Обра"щение`),
    (line) => line.replace("'Обращение", `"Обращение" `),
    (line) => line.replace("'Обращение", `'"";"Обращение`),
    (line) => line.replace("'Обращение", `'Обра;щение`),
    (line) => line.replace("'Обращение", `'Обра\nщение`),
    (line) => line.replace("'Обращение", `"'Обра\nщение`),
    (line) => line.replace('Мэрия', `"Мэрия`),
    (line) => line.replace('Мэрия', `"Мэрия"`),
    (line) => `"${line}`,
    (line) => line.replace(/\r\n$/, '"\r\n'),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 4 }), harm, async (at, change) => {
      const lines = Array.from({ length: 5 }, (_, index) => raw(index + 1));
      const { ids, refused } = await outcomeOf(
        encode(header + lines.map((line, index) => (index === at ? change(line) : line)).join('')),
      );
      const others = [1, 2, 3, 4, 5].filter((n) => n !== at + 1);
      expect(ids.map((id) => id - 40_000_000)).toEqual(expect.arrayContaining(others));
      expect(ids.length + new Set(refused.map((error) => error.row)).size).toBeGreaterThanOrEqual(5);
    }),
  );
});

describe('a cut file', () => {
  test('inside a quoted cell: told, and the half row is not taken', async () => {
    const { ids, refused } = await outcomeOf(fixture('cut-in-quotes.csv'));
    expect(ids).toEqual([9_000_016, 9_000_017]);
    expect(kinds(refused)).toEqual(['4 cut_row']);
  });

  test('at any byte is never whole without a word when something was lost', async () => {
    const few: readonly ColumnKey[] = ['id', 'number', 'createdAt', 'text', 'reply1', 'surveySent'];
    const line = (cells: readonly RawCell[]): string =>
      csvLine(few.map((key) => cells[placeOf(key)] ?? null));
    const second = numberedCells(2, { text: "'Раз;\n«два»\n" });
    const lines = [HEADERS, numberedCells(1), second, numberedCells(3, { reply1: '"' })].map(line);
    const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
    const bytes = bytesOf(lines.join(''));
    const complete = await outcomeOf(bytesSource(bytes));
    expect([complete.ids.length, complete.refused, complete.warnings]).toEqual([3, [], []]);
    // Nothing was lost of the rows before a cut between two rows, or between the CR and the LF that end one.
    const ends = [1, 2, 3].map((count) => bytesOf(lines.slice(0, count).join('')).length);
    const boundaries = new Set(ends.flatMap((end) => [end, end - 1]));
    for (let cut = 1; cut < bytes.length - 1; cut += 1) {
      if (boundaries.has(cut)) continue;
      const result = await refusable(() => outcomeOf(bytesSource(bytes.subarray(0, cut))));
      const complaints = result.ok ? result.value.refused.length + result.value.warnings.length : 1;
      expect([cut, complaints > 0 || cut < (ends[0] ?? 0)]).toEqual([cut, true]);
      for (const text of result.ok ? result.value.texts : []) expect(complete.texts).toContain(text);
    }
  });
});

test('time grows with the length and not faster, whatever is torn', async () => {
  const time = async (rows: number): Promise<number> => {
    const texts = ['"Яма', '"Раз\nдва', "'а;б", '"а ""б"" в"', `"${'""'.repeat(50)}`];
    const torn = Array.from({ length: rows }, (_, at) => raw(at + 1, { text: texts[at % 5] ?? '' })).join('');
    const source = encode(header + torn);
    const start = cpuMs();
    await outcomeOf(source);
    return cpuMs() - start;
  };
  const best = async (rows: number): Promise<number> =>
    Math.min(await time(rows), await time(rows), await time(rows));
  await time(200);
  // Eight times the rows: sixty-four times the time if it grew with the square.
  expect(await best(1600)).toBeLessThan((await best(200)) * 8 * 4);
});

test('a cell, a row and a file beyond all measure are refused by name', async () => {
  const row = rowReader(
    mapHeaders(HEADERS),
    ZONE,
  )({ number: 2, cells: numberedCells(1, { tags: 'я'.repeat(2_000_001) }) });
  expect(row).toMatchObject({ ok: false, error: { kind: 'too_long' } });
  const huge: ByteSource = { size: 5 * 1024 ** 3, read: () => Promise.resolve(new Uint8Array()) };
  expect(await refusable(() => readTable(huge))).toEqual({ ok: false, refusal: { kind: 'file_too_large' } });
});
