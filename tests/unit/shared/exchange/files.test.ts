import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { csvLine, readCsv } from '#shared/exchange/csv.ts';
import { CsvScanner } from '#shared/exchange/csv-scanner.ts';
import { previewFile } from '#shared/exchange/preview.ts';
import type { FileRefusal } from '#shared/exchange/refusals.ts';
import { openTable, readTable, refusable } from '#shared/exchange/table-read.ts';
import { readXlsx } from '#shared/exchange/xlsx-read.ts';
import {
  HEADERS,
  ZONE,
  csvOf,
  gathered,
  numberedCells,
  sampleCells,
  xlsxOf,
} from '#tests/fixtures/exchange.ts';

const bytes = (...values: number[]): ByteSource => bytesSource(new Uint8Array(values));
const text = (content: string): ByteSource => bytesSource(strToU8(content));

async function refusalOf(source: ByteSource): Promise<FileRefusal | null> {
  const result = await refusable(async () => gathered((await readTable(source)).rows));
  return result.ok ? null : result.refusal;
}

const SHEET = (rows: string): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
  `<sheetData>${rows}</sheetData></worksheet>`;
const BOOK = '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId9"/></sheets></workbook>';
const RELS = '<Relationships><Relationship Id="rId9" Target="worksheets/other.xml"/></Relationships>';

/** An xlsx of another maker: shared strings after the sheet, its own name for the sheet, date formats. */
const foreignXlsx = (sheet: string, more: Readonly<Record<string, string>> = {}): ByteSource => {
  const parts = {
    'xl/worksheets/other.xml': sheet,
    'xl/workbook.xml': BOOK,
    'xl/_rels/workbook.xml.rels': RELS,
    ...more,
  };
  return bytesSource(
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, strToU8(content)]))),
  );
};

/**
 * The same archive as a writer makes it that does not know beforehand how large it will be (APPNOTE 4.3.14,
 * 4.5.3).
 */
function asZip64(plain: Uint8Array): Uint8Array {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const end = plain.length - 22;
  const directory = view.getUint32(end + 16, true);
  const entries: Uint8Array[] = [];
  for (let at = directory; at < end;) {
    const name = view.getUint16(at + 28, true);
    const entry = new Uint8Array(46 + name + 28);
    entry.set(plain.subarray(at, at + 46 + name));
    const out = new DataView(entry.buffer);
    const extra = 46 + name;
    out.setUint16(extra, 1, true);
    out.setUint16(extra + 2, 24, true);
    for (const [index, field] of [24, 20, 42].entries()) {
      out.setBigUint64(extra + 4 + index * 8, BigInt(view.getUint32(at + field, true)), true);
      out.setUint32(field, 0xffffffff, true);
    }
    out.setUint16(30, 28, true);
    entries.push(entry);
    at += 46 + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  const size = entries.reduce((sum, entry) => sum + entry.length, 0);
  const tail = new Uint8Array(56 + 20 + 22);
  const out = new DataView(tail.buffer);
  out.setUint32(0, 0x06064b50, true);
  out.setBigUint64(40, BigInt(size), true);
  out.setBigUint64(48, BigInt(directory), true);
  out.setUint32(56, 0x07064b50, true);
  out.setBigUint64(56 + 8, BigInt(directory + size), true);
  tail.set(plain.subarray(end), 76);
  for (const field of [12, 16]) out.setUint32(76 + field, 0xffffffff, true);
  return Uint8Array.from([plain.subarray(0, directory), ...entries, tail].flatMap((part) => [...part]));
}

describe('a file that is none is refused by name', () => {
  const headers = HEADERS.join(';');
  test.each<[string, ByteSource, FileRefusal['kind']]>([
    ['nothing in it', bytes(), 'empty_file'],
    ['only spaces', text(' \r\n \r\n'), 'empty_file'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0), 'not_a_table'],
    ['an old xls', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'old_excel'],
    [
      'an xlsx with a password',
      bytesSource(
        new Uint8Array(
          [0xd0, 0xcf, 0x11, 0xe0, ...'EncryptedPackage'].flatMap((part) =>
            typeof part === 'string' ? [part.charCodeAt(0), 0] : [part],
          ),
        ),
      ),
      'encrypted',
    ],
    ['a zip that is no xlsx', bytesSource(zipSync({ 'readme.txt': strToU8('hello') })), 'not_a_table'],
    ['half an xlsx', bytesSource(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])), 'damaged'],
    ['XML that is not well formed', foreignXlsx('<worksheet><sheetData><row></worksheet>'), 'damaged'],
    ['a letter', text('Добрый день!\nПрошу разобраться.\n'), 'not_a_table'],
    ['rows without a header', text(sampleCells().join(';')), 'no_header_row'],
    ['no column of dates', text(headers.replace('Дата создания', 'Когда')), 'missing_columns'],
    ['a cell without end', text(`${headers}\n${'я'.repeat(1_000_001)}`), 'cell_too_long'],
  ])('%s', async (_, source, kind) => {
    expect((await refusalOf(source))?.kind).toBe(kind);
  });

  test('a missing mandatory column is named', async () => {
    expect(await refusalOf(text('ID;Тема;Муниципалитет;Текст инцидента\n'))).toEqual({
      kind: 'missing_columns',
      columns: ['Номер инцидента', 'Дата создания'],
    });
  });

  test.each([
    ['elements within one another', '<a>'.repeat(3_000_000), 'damaged'],
    ['one text', `<row><c t="str"><v>${'a'.repeat(20_000_000)}`, 'too_large_unpacked'],
    ['one tag', `<row a="${'a'.repeat(20_000_000)}">`, 'too_large_unpacked'],
    ['one comment', `<!--${'a'.repeat(20_000_000)}-->`, 'too_large_unpacked'],
  ])('a sheet of nothing but %s is refused before it fills the memory', async (_, inside, kind) => {
    expect(await refusalOf(foreignXlsx(SHEET(inside)))).toMatchObject({ kind });
  });

  test('a shared string without an end is refused before it fills the memory', async () => {
    const strings = `<sst><si>${'<t>aaaaaaaaaa</t>'.repeat(200_000)}</si></sst>`;
    const source = foreignXlsx(SHEET('<row/>'), { 'xl/sharedStrings.xml': strings });
    expect(await refusalOf(source)).toMatchObject({ kind: 'cell_too_long' });
  });

  test('others have their turn while a small file unpacks to very much', async () => {
    const source = foreignXlsx(SHEET('<row/>'.repeat(4_000_000)));
    let pauses = 0;
    const pause = (): Promise<void> => Promise.resolve(void (pauses += 1));
    await refusalOf({ ...source, pause });
    expect(pauses).toBeGreaterThan(80);
  });

  test('a bomb is stopped before it fills the memory', async () => {
    const sheet = SHEET(`<row><c t="str"><v>${' '.repeat(80_000_000)}</v></c></row>`);
    expect(
      await refusalOf(foreignXlsx(`${sheet.slice(0, 120)}<!--${' '.repeat(80_000_000)}-->`)),
    ).toMatchObject({ kind: 'too_large_unpacked' });
  });
});

describe('an xlsx of another maker', () => {
  test('more shared strings than lie unpacked at once, asked for from anywhere', async () => {
    const count = 40_000;
    const texts = Array.from({ length: count }, (_, index) => `Строка ${index} «снег» & лёд`);
    const items = texts.map((text) => `<si><t>${text.replace('&', '&amp;')}</t></si>`);
    const strings = `<sst>${items.join('')}</sst>`;
    const indices = Array.from({ length: 3000 }, (_, index) => (index * 7919) % (count + 3));
    const sheet = SHEET(indices.map((index) => `<row><c t="s"><v>${index}</v></c></row>`).join(''));
    const rows = await gathered(readXlsx(foreignXlsx(sheet, { 'xl/sharedStrings.xml': strings })));
    expect(rows.map((row) => row.cells[0])).toEqual(indices.map((index) => texts[index] ?? null));
  });

  test('a Zip64 archive, whose sizes and places stand in the extra fields', async () => {
    const sheet = SHEET('<row r="1"><c r="A1" t="inlineStr"><is><t>да</t></is></c></row>');
    const plain = await foreignXlsx(sheet).read(0, Infinity);
    expect(await gathered(readXlsx(bytesSource(asZip64(plain))))).toEqual([{ number: 1, cells: ['да'] }]);
    const cut = asZip64(plain).slice();
    // The locator now points beyond the file.
    new DataView(cut.buffer).setBigUint64(cut.length - 22 - 20 + 8, 1n << 40n, true);
    expect(await refusalOf(bytesSource(cut))).toEqual({ kind: 'damaged', part: 'zip' });
  });

  test('shared and rich strings, dates by format, gaps, booleans', async () => {
    const strings =
      '<sst><si><t>Первая</t></si><si><r><t>Вто</t></r><r><t>рая</t></r><rPh><t>x</t></rPh></si></sst>';
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy\\ hh:mm"/>' +
      '<numFmt numFmtId="171" formatCode="[hh]:mm:ss"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/>' +
      '<xf numFmtId="171"/></cellXfs></styleSheet>';
    const sheet = SHEET(
      '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="D3" s="1">' +
        '<v>46008.84103009259</v></c>' +
        '<c r="E3" s="2"><v>0.5</v></c><c r="F3" t="inlineStr"><is>' +
        '<t xml:space="preserve"> a_x000A_b </t></is></c><c r="AA3" t="b"><v>1</v></c></row>',
    );
    const rows = await gathered(
      readXlsx(foreignXlsx(sheet, { 'xl/sharedStrings.xml': strings, 'xl/styles.xml': styles })),
    );
    const cells: RawCell[] = ['Первая', null, 'Вторая', '2025-12-17 20:11:05', 0.5, ' a\nb '];
    expect(rows).toEqual([{ number: 3, cells: [...cells, ...Array.from({ length: 20 }, () => null), 'Да'] }]);
  });

  test('whatever a cell holds, our own writer and reader agree on it', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed()),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom('_x0041_', ' a', 'a\n', '<&>"', '\ufffe', '\r\n'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 5 }), async (cells) => {
        const [row] = await gathered(readXlsx(xlsxOf([[...cells, 'end']])));
        expect(row?.cells).toEqual([
          ...cells.map((cell) => (cell === '' ? null : cell === 0 ? 0 : cell)),
          'end',
        ]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('csv', () => {
  const field = fc.stringMatching(/^[а-яa-z ;,"'\r\n\t=]{0,12}$/);
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
  const asCells = (rows: readonly (readonly string[])[]): RawCell[][] =>
    rows.map((row) => row.map((cell) => (cell === '' ? null : cell)));

  test('is read as csv-parse reads it, in pieces of any length', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(';' as const, ',' as const, '\t' as const),
        fc.integer({ min: 1, max: 7 }),
        (rows, delimiter, size) => {
          const content = stringify(rows, { delimiter, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
          const scanner = new CsvScanner(delimiter);
          const pieces = content.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
          const read = [...pieces.flatMap((piece) => scanner.push(piece)), ...scanner.end()].map(
            ({ cells }) => cells,
          );
          expect(read).toEqual(asCells(rows));
          expect(read).toEqual(
            asCells(parse(content, { delimiter, record_delimiter: '\r\n', relax_column_count: true })),
          );
        },
      ),
    );
  });

  test('is written so that csv-parse reads the same', () => {
    const options = { delimiter: ';', record_delimiter: '\r\n', relax_column_count: true };
    fc.assert(
      fc.property(table, (rows) => {
        expect(asCells(parse(asCells(rows).map(csvLine).join(''), options))).toEqual(asCells(rows));
      }),
    );
  });

  test('in Windows-1251, with commas or tabs, with a byte order mark', async () => {
    const win = (content: string): Uint8Array =>
      Uint8Array.from(content, (letter) => {
        const code = letter.charCodeAt(0);
        return code < 0x80
          ? code
          : letter === 'ё'
            ? 0xb8
            : letter === '№'
              ? 0xb9
              : letter === '«'
                ? 0xab
                : code - 0x410 + 0xc0;
      });
    const read = async (source: ByteSource): Promise<RawCell[][]> =>
      (await gathered(readCsv(source))).map(({ cells }) => [...cells]);
    const rows = [
      ['Тема', 'Номер инцидента'],
      ['«Ёлка»'.replaceAll(/[Ё»]/g, ''), '№ 5, ёж'],
    ];
    expect(await read(bytesSource(win(rows.map(csvLine).join(''))))).toEqual(rows);
    expect(await read(text(`\ufeff${rows.map((row) => row.join('\t')).join('\n')}`))).toEqual(rows);
    expect(await read(text('Тема,Номер\r\n"Ёлка, дом",5\r\n'))).toEqual([
      ['Тема', 'Номер'],
      ['Ёлка, дом', '5'],
    ]);
  });
});

describe('the preview', () => {
  test('shows the first rows, the mapping, and what is wrong where, of the whole file', async () => {
    const rows = Array.from({ length: 120 }, (_, at) =>
      numberedCells(at + 1, at % 10 === 0 ? { createdAt: 'вчера' } : {}),
    );
    const result = await previewFile(xlsxOf([['Отчёт за декабрь'], [...HEADERS, 'Своё'], ...rows]), {
      zone: ZONE,
    });
    if (!result.ok) throw new Error(result.refusal.kind);
    const { value } = result;
    expect(value).toMatchObject({ format: 'xlsx', total: 120, good: 108, isWhole: true });
    expect(value.rows).toHaveLength(50);
    expect(value.header.targets.at(-1)).toEqual({ unknown: 'Своё' });
    expect(value.problems).toMatchObject([
      { column: 'Дата создания', count: 12, first: { row: 3, kind: 'broken_date', value: 'вчера' } },
    ]);
  });

  test('lets a person say which column is which', async () => {
    const file = csvOf([
      ['Номер инцидента', 'Когда', 'Текст инцидента', 'Тема', 'ID'],
      ['5', '17.12.2025 20:11', 'Яма', 'Дороги', '7'],
    ]);
    const first = await previewFile(file, { zone: ZONE });
    expect(first).toMatchObject({
      ok: true,
      value: { header: { missing: ['createdAt'] }, total: 1, good: 0, problems: [] },
    });
    expect(await previewFile(file, { zone: ZONE, choice: { 1: 'createdAt' } })).toMatchObject({
      ok: true,
      value: { header: { missing: [] }, good: 1 },
    });
  });

  test('can be stopped, and gives a refusal as a value', async () => {
    const file = csvOf([HEADERS, ...Array.from({ length: 2000 }, (_, at) => numberedCells(at + 1))]);
    expect(await previewFile(file, { zone: ZONE, onProgress: () => false })).toMatchObject({
      ok: true,
      value: { isWhole: false },
    });
    expect(await previewFile(bytes(), { zone: ZONE })).toEqual({
      ok: false,
      refusal: { kind: 'empty_file' },
    });
  });
});

test('the kind of a file is told by what is in it', async () => {
  expect((await openTable(xlsxOf([HEADERS]))).format).toBe('xlsx');
  expect((await openTable(csvOf([HEADERS]))).format).toBe('csv');
});
