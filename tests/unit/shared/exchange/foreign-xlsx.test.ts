import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { COLUMNS, type ColumnKey } from '#shared/exchange/columns.ts';
import { crc32 } from '#shared/files/crc32.ts';
import { previewFile } from '#shared/exchange/preview.ts';
import type { FileRefusal } from '#shared/exchange/refusals.ts';
import { fileRefusalText } from '#shared/exchange/refusal-text.ts';
import { readTable, refusable } from '#shared/exchange/table-read.ts';
import { readXlsx } from '#shared/exchange/xlsx-read.ts';
import { HEADERS, ZONE, gathered, numberedCells, placeOf, xlsxOf } from '#tests/fixtures/exchange.ts';
import { bookOf, sheetOf, zipOf, type SheetCell } from '#tests/helpers/foreign-xlsx.ts';
import { importFixture as fixture, outcomeOf } from '#tests/helpers/read-outcome.ts';

const refusalOf = async (source: ByteSource, sheet?: string): Promise<FileRefusal | null> => {
  const result = await refusable(async () =>
    gathered((await readTable(source, sheet === undefined ? {} : { sheet })).rows),
  );
  return result.ok ? null : result.refusal;
};

const registry = (...numbers: readonly number[]): string =>
  sheetOf([HEADERS, ...numbers.map((n) => numberedCells(n))]);
const cover = sheetOf([
  ['Отчёт за январь'],
  ['Регион', 'Муниципалитет', 'Группа тем'],
  ['ЕАО', 'Биробиджан', 'Дороги'],
]);

/** The registry's row with some cells as XML of their own. */
const rowWith = (change: Partial<Record<ColumnKey, SheetCell>>): SheetCell[] =>
  numberedCells(1).map((cell, at) => change[must(COLUMNS[at], 'a column').key] ?? cell);

async function knownOf(parts: Record<string, string>) {
  const { header, rows } = await readTable(zipOf(parts));
  const [row] = await gathered(rows);
  return (key: ColumnKey): RawCell =>
    row?.cells[
      header.targets.findIndex((target) => target !== null && 'known' in target && target.known === key)
    ] ?? null;
}

describe('the parts of a package are where its relations say', () => {
  test('under names of their own', async () => {
    expect(await outcomeOf(fixture('workbook22.xlsx'))).toMatchObject({
      texts: ['Яма у дома.', 'Яма у дома.'],
      refused: [],
    });
  });

  test.each([
    '/xl/worksheets/sheet1.xml',
    'worksheets/sheet1.xml',
    './worksheets/../worksheets/sheet1.xml',
    '../xl/worksheets/sheet1.xml',
    'worksheets\\sheet1.xml',
    'Worksheets/Sheet1.XML',
  ])('as %s', async (target) => {
    const parts = bookOf({ Лист1: registry(1) });
    const rels = must(parts['xl/_rels/workbook.xml.rels'], 'relations').replace(
      'worksheets/sheet1.xml',
      target,
    );
    expect((await outcomeOf(zipOf({ ...parts, 'xl/_rels/workbook.xml.rels': rels }))).texts).toEqual([
      'Обращение 1',
    ]);
  });

  test('with a name in percents, in a workbook at the root, in the strict namespaces', async () => {
    const parts = bookOf({ Лист1: registry(1) });
    const strict = (text: string): string =>
      text
        .replaceAll(
          'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
          'http://purl.oclc.org/ooxml/spreadsheetml/main',
        )
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006/',
          'http://purl.oclc.org/ooxml/officeDocument/',
        );
    const moved = {
      '_rels/.rels': strict(must(parts['_rels/.rels'], 'root').replace('xl/workbook.xml', 'book.xml')),
      'book.xml': strict(must(parts['xl/workbook.xml'], 'book')),
      '_rels/book.xml.rels': strict(
        must(parts['xl/_rels/workbook.xml.rels'], 'relations').replace(
          'worksheets/sheet1.xml',
          '%D0%BB%D0%B8%D1%81%D1%82.xml',
        ),
      ),
      'лист.xml': strict(registry(1)),
    };
    expect((await outcomeOf(zipOf(moved))).texts).toEqual(['Обращение 1']);
  });
});

describe('the sheet is found by its header', () => {
  test('behind a cover', async () => {
    expect(await outcomeOf(fixture('cover-sheet-first.xlsx'))).toMatchObject({
      texts: ['Яма у дома.', 'Яма у дома.'],
      refused: [],
    });
  });

  test.each<[string, Record<string, string>, Readonly<Record<string, string>>, string]>([
    ['behind a summary with some of the columns', { Сводка: cover, Данные: registry(1) }, {}, 'Данные'],
    [
      'before a hidden one',
      { Старое: registry(2), Данные: registry(1) },
      { Старое: 'state="hidden"' },
      'Данные',
    ],
    [
      'on a hidden one, when no other has it',
      { Титул: sheetOf([['Титул']]), Данные: registry(1) },
      { Данные: 'state="veryHidden"' },
      'Данные',
    ],
    ['beside an empty form of it', { Форма: sheetOf([HEADERS]), Данные: registry(1) }, {}, 'Данные'],
    [
      'below a title of many lines',
      {
        Данные: sheetOf([
          ...Array.from({ length: 30 }, (_, at) => [`Строка ${at}`]),
          HEADERS,
          numberedCells(1),
        ]),
      },
      {},
      'Данные',
    ],
  ])('%s', async (_, sheets, attributes, name) => {
    const source = zipOf(bookOf(sheets, { attributes }));
    expect((await outcomeOf(source)).texts).toEqual(['Обращение 1']);
    expect(await previewFile(source, { zone: ZONE })).toMatchObject({
      ok: true,
      value: { total: 1, sheets: { chosen: name, names: [name] } },
    });
  });

  test('when several have it, a person says which; nobody asked, the file is refused with their names', async () => {
    const source = zipOf(bookOf({ Январь: registry(1), Февраль: registry(2) }));
    const refusal = { kind: 'several_sheets', sheets: ['Январь', 'Февраль'] } as const;
    expect(await refusalOf(source)).toEqual(refusal);
    expect(fileRefusalText(refusal, 'ru')).toBe(
      'Реестр есть на нескольких листах; укажите, какой загрузить (--sheet «ИМЯ»): «Январь», «Февраль».',
    );
    const rows = async (sheet: string) =>
      (await gathered((await readTable(source, { sheet })).rows)).map(({ cells }) => cells[placeOf('id')]);
    expect([await rows('Январь'), await rows(' февраль')]).toEqual([[40_000_001], [40_000_002]]);
    expect(await refusalOf(source, 'Март')).toEqual({ kind: 'no_sheet', sheets: ['Январь', 'Февраль'] });
    expect(await previewFile(source, { zone: ZONE })).toMatchObject({
      ok: true,
      value: { sheets: { chosen: 'Январь', names: ['Январь', 'Февраль'] } },
    });
    expect(await previewFile(source, { zone: ZONE, sheet: 'Февраль' })).toMatchObject({
      ok: true,
      value: { sheets: { chosen: 'Февраль' } },
    });
  });
});

describe('days and spans', () => {
  const styles = {
    'xl/styles.xml':
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>',
  };

  test('counted from 1904, with a format and without', async () => {
    expect(await outcomeOf(fixture('1904-unstyled.xlsx'))).toMatchObject({ refused: [] });
    const { header, rows } = await readTable(fixture('1904-unstyled.xlsx'));
    const [row] = await gathered(rows);
    expect(row?.cells[header.headers.indexOf('Дата создания')]).toBe('2022-01-10 10:05:00');
    const change = {
      createdAt: { xml: '<c s="1"><v>43109.420138889</v></c>' },
      closedAt: { xml: '<c s="1"><v>4.3109420138889E4</v></c>' },
      lifetime: { xml: '<c s="1"><v>4.038</v></c>' },
    };
    const known = await knownOf(
      bookOf(
        { Л: sheetOf([HEADERS, rowWith(change)]) },
        { properties: '<workbookPr date1904="1"/>', more: styles },
      ),
    );
    expect([known('createdAt'), known('closedAt'), known('lifetime')]).toEqual([
      '2022-01-10 10:05:00',
      '2022-01-10 10:05:00',
      4.038,
    ]);
  });

  test('a span under a date format is a span to the last digit, an audience under one a number', async () => {
    const change = {
      lifetime: { xml: '<c s="1"><v>4.584486585648148</v></c>' },
      firstReplyWall: { xml: '<c s="2"><v>0.5</v></c>' },
      audience: { xml: '<c s="1"><v>38000</v></c>' },
    };
    const known = await knownOf(bookOf({ Л: sheetOf([HEADERS, rowWith(change)]) }, { more: styles }));
    expect([known('lifetime'), known('firstReplyWall'), known('audience')]).toEqual([
      4.584486585648148, 0.5, 38_000,
    ]);
  });

  test.each([
    ['2025-12-17T20:11:05', '2025-12-17 20:11:05'],
    ['2025-12-17T20:11:05.250', '2025-12-17 20:11:05'],
    ['2025-12-17T10:11:05Z', '2025-12-17 20:11:05'],
    ['2025-12-17T10:11:05.5Z', '2025-12-17 20:11:05'],
    ['2025-12-17T13:11:05+03:00', '2025-12-17 20:11:05'],
    ['2025-12-17', '2025-12-17 00:00:00'],
  ])('an ISO date %s is the region’s %s', async (iso, local) => {
    const source = zipOf(
      bookOf({ Л: sheetOf([HEADERS, rowWith({ createdAt: { xml: `<c t="d"><v>${iso}</v></c>` } })]) }),
    );
    expect(await previewFile(source, { zone: ZONE })).toMatchObject({ ok: true, value: { good: 1 } });
    expect((await outcomeOf(source)).created).toEqual([local]);
  });

  test('a day number that is none refuses the row by its name', async () => {
    for (const value of ['-5', '0', '1E300', '12'])
      expect(
        (
          await outcomeOf(
            zipOf(
              bookOf(
                { Л: sheetOf([HEADERS, rowWith({ createdAt: { xml: `<c s="1"><v>${value}</v></c>` } })]) },
                { more: styles },
              ),
            ),
          )
        ).refused,
      ).toMatchObject([{ row: 2, kind: 'broken_date' }]);
  });
});

describe('cells', () => {
  test('with errors in optional columns refuse nothing', async () => {
    const { texts, refused, warnings } = await outcomeOf(fixture('error-cell.xlsx'));
    expect([texts.length, refused]).toEqual([3, []]);
    expect(warnings.map(({ kind }) => kind)).toEqual(['error_cell', 'error_cell', 'error_cell']);
  });

  test('a formula is what it gave; one nobody has counted is told', async () => {
    const change = {
      agency: { xml: '<c t="str"><f>A1</f><v>Мэрия</v></c>' },
      unit: { xml: '<c t="str"><f>A2</f><v></v></c>' },
      audience: { xml: '<c><f>B1+1</f><v>12</v></c>' },
      engagement: { xml: '<c><f>B1+1</f><v></v></c>' },
    };
    const parts = bookOf({ Л: sheetOf([HEADERS, rowWith(change)]) });
    const known = await knownOf(parts);
    expect([known('agency'), known('unit'), known('audience'), known('engagement')]).toEqual([
      'Мэрия',
      null,
      12,
      '#CALC!',
    ]);
    expect((await outcomeOf(zipOf(parts))).warnings).toMatchObject([
      { column: 'Вовлеченность', kind: 'error_cell' },
    ]);
  });

  test('with rich text are whole, without how it is pronounced, in shared strings and beside the cell', async () => {
    const rich =
      '<r><rPr><b/></rPr><t xml:space="preserve">Яма </t></r><r><t>у дома</t></r><rPh sb="0" eb="1">' +
      '<t>чтение</t></rPh><phoneticPr/>';
    const parts = bookOf(
      {
        Л: sheetOf([
          HEADERS,
          rowWith({
            text: { xml: `<c t="inlineStr"><is>${rich}</is></c>` },
            notes: { xml: '<c t="s"><v>0</v></c>' },
          }),
        ]),
      },
      { more: { 'xl/sharedStrings.xml': `<sst><si>${rich}</si></sst>` } },
    );
    const known = await knownOf(parts);
    expect([known('text'), known('notes')]).toEqual(['Яма у дома', 'Яма у дома']);
  });

  test('with line breaks of every form come back as they were', async () => {
    const [, row] = await gathered(readXlsx(fixture('newline-cells.xlsx')));
    const text = row?.cells[placeOf('text')];
    expect(text).toBe("'Первая\nвторая\nтретья<br>четвёртая<br/>пятая<br />шестая");
    expect(await outcomeOf(fixture('newline-cells.xlsx'))).toMatchObject({
      texts: ['Первая\nвторая\nтретья\nчетвёртая\nпятая\nшестая'],
      refused: [],
    });
  });
});

describe('other packages are named', () => {
  test.each<[string, Record<string, string>, FileRefusal]>([
    [
      'OpenDocument',
      { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' },
      { kind: 'other_format', format: 'ods' },
    ],
    ['Numbers', { 'Index/Document.iwa': 'x' }, { kind: 'other_format', format: 'numbers' }],
    ['an older Numbers', { 'Index.zip': 'x' }, { kind: 'other_format', format: 'numbers' }],
    ['Word', { 'word/document.xml': '<x/>' }, { kind: 'other_format', format: 'word' }],
    ['PowerPoint', { 'ppt/presentation.xml': '<x/>' }, { kind: 'other_format', format: 'presentation' }],
    ['a zip of tables', { 'реестр.xlsx': 'x' }, { kind: 'other_format', format: 'archive' }],
    [
      'a binary workbook',
      {
        '_rels/.rels':
          '<Relationships>' +
          '<Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        'xl/workbook.bin': 'x',
      },
      { kind: 'other_format', format: 'xlsb' },
    ],
    ['a workbook without sheets', bookOf({}), { kind: 'damaged', part: 'xl/worksheets' }],
    ['an empty workbook', bookOf({ Лист1: sheetOf([]) }), { kind: 'empty_file' }],
  ])('%s', async (_, parts, refusal) => {
    expect(await refusalOf(zipOf(parts))).toEqual(refusal);
  });
});

describe('a damaged file', () => {
  test('cut at any byte is never read', async () => {
    const bytes = await xlsxOf([HEADERS, numberedCells(1)]).read(0, Infinity);
    for (let cut = 1; cut < bytes.length; cut += 1)
      expect((await refusalOf(bytesSource(bytes.subarray(0, cut))))?.kind ?? `read at ${cut}`).toMatch(
        /^(?:damaged|not_a_table|no_header_row)$/,
      );
  });

  test('with a byte changed in its sheet is told, whatever byte it is', async () => {
    const bytes = await xlsxOf([HEADERS, numberedCells(1)]).read(0, Infinity);
    const whole = await outcomeOf(bytesSource(bytes));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const broken = bytes.slice();
          broken[at] = must(broken[at], 'a byte') ^ change;
          const result = await refusable(() => outcomeOf(bytesSource(broken)));
          // A byte of the archive's own records may mean nothing; what is read is then what was written.
          expect(result.ok ? result.value : whole).toEqual(whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the checksum is that of zip', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new TextEncoder().encode('6789'), crc32(new TextEncoder().encode('12345')))).toBe(
      0xcbf43926,
    );
  });
});
