import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import { cutText, isCutText, uncut } from '#shared/exchange/cut-cell.ts';
import { writeTable } from '#shared/exchange/table-write.ts';
import { readXlsx } from '#shared/exchange/xlsx-read.ts';
import { gathered, joined, placeOf } from '#tests/fixtures/exchange.ts';

describe('a cell longer than an xlsx can hold', () => {
  const long = `'${'снег<br>'.repeat(6000)}`;

  test('is cut with a word in it, told with its place, and whole in a csv', async () => {
    const cuts: [number, string][] = [];
    const row = { known: { number: 1, text: long.slice(1).replaceAll('<br>', '\n') }, unknown: {} };
    const write = async (format: 'xlsx' | 'csv') => {
      const pieces: Uint8Array[] = [];
      const groups = (async function* () {
        yield [row];
      })();
      for await (const piece of writeTable(format, groups, [], (number, column) =>
        cuts.push([number, column]),
      ))
        pieces.push(piece);
      return bytesSource(joined(pieces));
    };
    const [, cells] = await gathered(readXlsx(await write('xlsx')));
    const text = String(cells?.cells[placeOf('text')]);
    expect(text).toHaveLength(32_767);
    expect(text).toMatch(/ … \[обрезано при выгрузке в xlsx, было знаков: 48001\]$/);
    expect(cuts).toEqual([[2, 'Текст инцидента']]);
    const csv = await write('csv');
    expect(new TextDecoder().decode(await csv.read(0, csv.size))).toContain(long);
    expect(cuts).toHaveLength(1);
  });

  test('is known for the whole one when it comes back, and for nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 33_000, maxLength: 34_000 }), (text) => {
        const cut = cutText(text);
        expect([cut.length <= 32_767, isCutText(cut), uncut(cut, text.toWellFormed())]).toEqual([
          true,
          true,
          text.toWellFormed(),
        ]);
        expect(uncut(cut, 'другое')).toBe(cut);
      }),
      { numRuns: 20 },
    );
    expect([
      cutText('я'.repeat(32_767)).length,
      isCutText('я … [обрезано]'),
      uncut('да', 'да и нет'),
    ]).toEqual([32_767, false, 'да']);
  });
});
