import { expect, it } from 'vitest';
import { strFromU8, unzipSync } from 'fflate';
import { agencyTable } from '#shared/report/paper/agency-table.ts';
import { cellText } from '#shared/report/paper/cell-text.ts';
import { clockTable, waitTable } from '#shared/report/paper/clock-tables.ts';
import { measureTable, promiseTable } from '#shared/report/paper/note-tables.ts';
import { ratingTable } from '#shared/report/paper/rating-table.ts';
import { sheetBody } from '#shared/report/paper/sheet.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { summaryDocx } from '#shared/report/paper/summary-docx.ts';
import { tableOf, unbroken } from '#shared/report/paper/table.ts';
import { baseFacts, reported } from '#tests/fixtures/facts.ts';

const { report: counted } = reported([
  { ...baseFacts, id: 'a', promisesKept: 3, promisesBroken: 2, municipality: 'Ленинский район' },
  { ...baseFacts, id: 'b', agency: 'b', returns: 4, municipality: 'Октябрьский район' },
]);
const report = {
  ...counted,
  ahead: {
    ...counted.ahead,
    promised: 1,
    promises: [
      {
        id: 'a',
        number: 41,
        date: '2022-02-03',
        isLate: false,
        group: 'Дороги',
        topic: 'Снег',
        municipality: 'Ленинский район',
        agencyName: 'Ведомство a',
      },
    ],
  },
};

const textsIn = (markup: string, tag: string): string[] =>
  [...markup.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, 'gs'))].map(([, inner = '']) =>
    inner.replaceAll(/<[^>]+>|\s+(?= |$)|\n/g, '').trim(),
  );

/** The table that follows these words on a sheet. */
function tableAfter(words: string, size: 'full' | 'note'): string {
  const { markup } = sheetBody(report, 'ru', size);
  const from = markup.indexOf('<table', markup.indexOf(words));
  return markup.slice(from, markup.indexOf('</table>', from));
}

const agencyHtml = (): string => tableAfter('<h2>Ведомства</h2>', 'full');

it('tells agencies on each paper in columns of the one declaration, in a workbook in all of them', async () => {
  const page = tableOf(agencyTable, report, 'ru', 'full');
  const headers = page.columns.map(({ header }) => header);
  expect(textsIn(agencyHtml().split('</thead>')[0] ?? '', 'th')).toEqual(headers);
  const xml = strFromU8(unzipSync(await summaryDocx(report, 'ru'))['word/document.xml'] ?? new Uint8Array());
  const tables = xml.split('<w:tbl>').map((table) => textsIn(table.split('</w:tr>')[0] ?? '', 'w:tc'));
  const written = tableOf(agencyTable, report, 'ru', 'document').columns;
  expect(tables).toContainEqual(written.map(({ header }) => unbroken(header)));
  const sheet = summaryBook(report, 'ru').find(({ name }) => name === 'Кто отвечал');
  const [head = []] = sheet?.rows ?? [];
  const counted = tableOf(agencyTable, report, 'ru', 'book').columns;
  expect(head).toEqual(counted.map(({ header }) => unbroken(header)));
  expect(head).toHaveLength(agencyTable.columns.length - 1);
});

it('says of an agency the same numbers on every paper', () => {
  const [first = []] = tableOf(agencyTable, report, 'ru', 'full').rows;
  expect(first.map(({ value }) => value).at(-1)).toBe('3/2');
  const row = agencyHtml().split('<tr>')[2] ?? '';
  expect(textsIn(row, 'td').at(-1)).toBe('3/2');
  const sheet = summaryBook(report, 'ru').find(({ name }) => name === 'Кто отвечал');
  expect(sheet?.rows[1]).toEqual(expect.arrayContaining([3, 2]));
});

it.each([
  ['full', '<h2>За какое время отвечали</h2>', tableOf(clockTable, report, 'ru', 'full')],
  ['full', '<h2>Рейтинг ведомств</h2>', tableOf(ratingTable, report, 'ru', 'full')],
  ['full', '<h2>Дольше всех ждали первого ответа</h2>', tableOf(waitTable, report, 'ru', 'full')],
  ['note', '</header>', tableOf(measureTable, report, 'ru', 'short')],
  ['note', '<h2>Обещано', tableOf(promiseTable, report, 'ru', 'short')],
] as const)('prints on the %s page below %s the table that is declared', (size, words, table) => {
  const [head = '', body = ''] = tableAfter(words, size).split('</thead>');
  expect(table.rows.length).toBeGreaterThan(0);
  expect(textsIn(head, 'th')).toEqual(table.columns.map(({ header }) => header));
  const lines = body.split('</tr>').slice(0, -1);
  expect(lines.map((line) => textsIn(line.replaceAll(/<small>.*?<\/small>/gs, ''), 't[hd]'))).toEqual(
    table.rows.map((row) =>
      row.flatMap((cell, at) => {
        const { format = 'text', bar } = table.columns[at] ?? {};
        const text = cellText(cell, format, 'ru');
        return bar === undefined ? [text] : [text, ''];
      }),
    ),
  );
});

it('draws bars of one scale for both clocks, and opens counts that are not nought', () => {
  const line = tableAfter('<h2>За какое время отвечали</h2>', 'full').split('<tr>')[2] ?? '';
  expect(line).toContain('data-figure="bucketWorking:30"');
  expect(line).toContain('<i class="solid" style="width:100%">');
  expect(line).toContain('<i class="outline" style="width:100%">');
});

it('draws the map of the demo region for it alone: elsewhere districts bear the same names', () => {
  expect(sheetBody(report, 'ru', 'full').markup).toContain('class="tiles"');
  expect(sheetBody({ ...report, region: 'samara' }, 'ru', 'full').markup).not.toContain('class="tiles"');
});
