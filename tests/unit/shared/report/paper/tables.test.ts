import { expect, it } from 'vitest';
import { strFromU8, unzipSync } from 'fflate';
import {
  AGENCY_DOCUMENT,
  AGENCY_PAGE,
  AGENCY_WORKBOOK,
  agencyTable,
} from '#shared/report/paper/agency-table.ts';
import { sheetBody } from '#shared/report/paper/sheet.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { summaryDocx } from '#shared/report/paper/summary-docx.ts';
import { tableOf, unbroken } from '#shared/report/paper/table.ts';
import { baseFacts, reported } from '#tests/fixtures/facts.ts';

const { report } = reported([
  { ...baseFacts, id: 'a', promisesKept: 3, promisesBroken: 2, municipality: 'Ленинский район' },
  { ...baseFacts, id: 'b', agency: 'b', returns: 4, municipality: 'Октябрьский район' },
]);

const textsIn = (markup: string, tag: string): string[] =>
  [...markup.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, 'gs'))].map(([, inner = '']) =>
    inner.replaceAll(/<[^>]+>|\s+(?= |$)|\n/g, '').trim(),
  );

/** The table of agencies on the full sheet. */
function agencyHtml(): string {
  const { markup } = sheetBody(report, 'ru', 'full');
  const from = markup.indexOf('<h2>Ведомства</h2>');
  return markup.slice(from, markup.indexOf('</table>', from));
}

it('tells agencies on each paper in columns of the one declaration, in a workbook in all of them', async () => {
  const page = tableOf(agencyTable, report, 'ru', AGENCY_PAGE);
  const headers = page.columns.map(({ header }) => header);
  expect(textsIn(agencyHtml().split('</thead>')[0] ?? '', 'th')).toEqual(headers);
  const xml = strFromU8(unzipSync(await summaryDocx(report, 'ru'))['word/document.xml'] ?? new Uint8Array());
  const tables = xml.split('<w:tbl>').map((table) => textsIn(table.split('</w:tr>')[0] ?? '', 'w:tc'));
  const written = tableOf(agencyTable, report, 'ru', AGENCY_DOCUMENT).columns;
  expect(tables).toContainEqual(written.map(({ header }) => unbroken(header)));
  const sheet = summaryBook(report, 'ru').find(({ name }) => name === 'Кто отвечал');
  const [head = []] = sheet?.rows ?? [];
  const counted = tableOf(agencyTable, report, 'ru', AGENCY_WORKBOOK).columns;
  expect(head).toEqual(counted.map(({ header }) => unbroken(header)));
  expect(head).toHaveLength(agencyTable.columns.length - 1);
});

it('says of an agency the same numbers on every paper', () => {
  const [first = []] = tableOf(agencyTable, report, 'ru', AGENCY_PAGE).rows;
  expect(first.map(({ value }) => value).at(-1)).toBe('3/2');
  const row = agencyHtml().split('<tr>')[2] ?? '';
  expect(textsIn(row, 'td').at(-1)).toBe('3/2');
  const sheet = summaryBook(report, 'ru').find(({ name }) => name === 'Кто отвечал');
  expect(sheet?.rows[1]).toEqual(expect.arrayContaining([3, 2]));
});

it('draws the map of the demo region for it alone: elsewhere districts bear the same names', () => {
  expect(sheetBody(report, 'ru', 'full').markup).toContain('class="tiles"');
  expect(sheetBody({ ...report, region: 'samara' }, 'ru', 'full').markup).not.toContain('class="tiles"');
});
