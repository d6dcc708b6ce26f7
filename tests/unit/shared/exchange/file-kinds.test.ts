import { describe, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { COLUMNS } from '#shared/exchange/columns.ts';
import { csvLine } from '#shared/exchange/csv.ts';
import { previewFile } from '#shared/exchange/preview.ts';
import { fileRefusalText } from '#shared/exchange/refusal-text.ts';
import type { FileRefusal } from '#shared/exchange/refusals.ts';
import { readTable, refusable } from '#shared/exchange/table-read.ts';
import { HEADERS, ZONE, numberedCells, placeOf } from '#tests/fixtures/exchange.ts';
import { encode, importFixture as fixture, outcomeOf } from '#tests/helpers/read-outcome.ts';

describe('how a csv is written is found by trying', () => {
  const encoders: Readonly<Record<string, (text: string) => Uint8Array>> = {
    'utf-8': (text) => new TextEncoder().encode(text),
    'utf-8 with a mark': (text) => new TextEncoder().encode(`\ufeff${text}`),
    'utf-16le': (text) => utf16(text, true),
    'utf-16le with a mark': (text) => utf16(`\ufeff${text}`, true),
    'utf-16be': (text) => utf16(text, false),
    'utf-16be with a mark': (text) => utf16(`\ufeff${text}`, false),
    'windows-1251': (text) => singleByte(text, 'windows-1251'),
    ibm866: (text) => singleByte(text, 'ibm866'),
    'koi8-r': (text) => singleByte(text, 'koi8-r'),
  };

  test.each(Object.keys(encoders))('in %s, with every delimiter and line end', async (name) => {
    for (const delimiter of [';', ',', '\t', '|'])
      for (const end of ['\n', '\r\n', '\r'])
        for (const before of ['', 'Отчёт за январь\n\n', delimiter === '|' ? '' : `sep=${delimiter}\n`]) {
          const line = (cells: readonly RawCell[]): string =>
            `${cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(delimiter)}${end}`;
          const text =
            before.replaceAll('\n', end) + [HEADERS, numberedCells(1), numberedCells(2)].map(line).join('');
          const { texts, refused } = await outcomeOf(bytesSource(must(encoders[name], name)(text)));
          expect([texts, refused]).toEqual([['Обращение 1', 'Обращение 2'], []]);
        }
  });

  test('a stray NUL is left out', async () => {
    expect(
      (await outcomeOf(encode(csvLine(HEADERS) + csvLine(numberedCells(1, { text: "'Яма\u0000 у дома" })))))
        .texts,
    ).toEqual(['Яма у дома']);
  });

  test('rows are numbered as a spreadsheet shows them', async () => {
    const preview = await previewFile(
      encode(
        `sep=;\r\nОтчёт\r\n\r\n${csvLine(HEADERS)}${csvLine(numberedCells(1))}${csvLine(numberedCells(2, { createdAt: 'вчера' }))}`,
      ),
      { zone: ZONE },
    );
    expect(preview).toMatchObject({ ok: true, value: { total: 2, problems: [{ first: { row: 5 } }] } });
  });
});

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return new Uint8Array(view.buffer);
}

/** The decoder read backwards. */
function singleByte(text: string, label: string): Uint8Array {
  const decoder = new TextDecoder(label);
  const codes = new Map(
    Array.from({ length: 256 }, (_, code) => [decoder.decode(new Uint8Array([code])), code]),
  );
  return Uint8Array.from(text, (letter) => codes.get(letter) ?? 0x3f);
}

describe('a file of another kind is named, with how to save it', () => {
  const html = '<html><body><table><tr><td>Номер инцидента</td></tr></table>';
  test.each<[string, ByteSource, FileRefusal]>([
    ['HTML named .xls', fixture('html-as-xls.xls'), { kind: 'other_format', format: 'html' }],
    ['HTML in UTF-16', bytesSource(utf16(`\ufeff${html}`, true)), { kind: 'other_format', format: 'html' }],
    ['a bare table', encode('\n<table border="1"><tr>'), { kind: 'other_format', format: 'html' }],
    [
      'XHTML',
      encode('<?xml version="1.0"?>\n<!DOCTYPE html><html>'),
      { kind: 'other_format', format: 'html' },
    ],
    [
      'XML 2003',
      encode('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>'),
      { kind: 'other_format', format: 'xml_2003' },
    ],
    [
      'XML 2003 without the instruction',
      encode(
        '\ufeff<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
      ),
      { kind: 'other_format', format: 'xml_2003' },
    ],
    ['other XML', encode('<?xml version="1.0"?><rows/>'), { kind: 'other_format', format: 'xml' }],
    [
      'MHTML',
      encode('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"'),
      { kind: 'other_format', format: 'mhtml' },
    ],
    ['JSON', encode('[{"ID": 1}]'), { kind: 'other_format', format: 'json' }],
    [
      'SYLK',
      encode('ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"Номер инцидента"\r\n'),
      { kind: 'other_format', format: 'sylk' },
    ],
    ['RTF', encode('{\\rtf1 hello}'), { kind: 'other_format', format: 'rtf' }],
    ['gzip', bytesSource(new Uint8Array([0x1f, 0x8b, 8, 0])), { kind: 'other_format', format: 'archive' }],
    [
      'BIFF without a container',
      bytesSource(new Uint8Array([0x09, 0x08, 0x10, 0, 0, 6])),
      { kind: 'old_excel' },
    ],
  ])('%s', async (_, source, refusal) => {
    expect(await refusable(() => readTable(source))).toEqual({ ok: false, refusal });
    expect(fileRefusalText(refusal, 'ru')).toMatch(
      /^Это .+\. .*(?:«Сохранить как», тип «Книга Excel \(\.xlsx\)»|xlsx или csv|Распакуйте)/,
    );
    expect(fileRefusalText(refusal, 'en')).toMatch(
      /^This is .+\. .*(?:Save As → Excel Workbook \(\.xlsx\)|xlsx or csv|Unpack)/,
    );
  });

  test('a csv that begins with ID is a csv', async () => {
    const order = COLUMNS.toSorted((a, b) => Number(b.key === 'id') - Number(a.key === 'id')).map(({ key }) =>
      placeOf(key),
    );
    const line = (cells: readonly RawCell[]): string => csvLine(order.map((at) => cells[at] ?? null));
    expect((await outcomeOf(encode(line(HEADERS) + line(numberedCells(1))))).ids).toEqual([40_000_001]);
  });
});
