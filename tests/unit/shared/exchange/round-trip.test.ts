import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { formatLocalTimestamp } from '#shared/domain/time-zone.ts';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { COLUMN, COLUMNS, type ColumnKey, type ExchangeRow } from '#shared/exchange/columns.ts';
import { computedCells } from '#shared/exchange/computed-cells.ts';
import { exportRow, fileCells } from '#shared/exchange/export-row.ts';
import { mapHeaders } from '#shared/exchange/header-map.ts';
import { importRow } from '#shared/exchange/import-row.ts';
import { readRow } from '#shared/exchange/read-row.ts';
import { readTable } from '#shared/exchange/table-read.ts';
import { writeTable } from '#shared/exchange/table-write.ts';
import { readXlsx } from '#shared/exchange/xlsx-read.ts';
import {
  HEADERS,
  ZONE,
  exchangeContext as context,
  gathered,
  joined,
  placeOf,
  sampleCells,
  xlsxOf,
} from '#tests/fixtures/exchange.ts';

const ID = '3b8d6fb6-57a0-5a5e-8b6c-0a4f3f8f8c11';
const sample = (): ByteSource =>
  bytesSource(readFileSync(new URL('../../../fixtures/registry-export-sample.xlsx', import.meta.url)));

function rowFrom(cells: readonly RawCell[], headers: readonly string[] = HEADERS): ExchangeRow {
  const result = readRow(cells, mapHeaders(headers), 2, ZONE);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.row;
}

const importCells = (cells: readonly RawCell[], headers?: readonly string[]) =>
  importRow(ID, null, rowFrom(cells, headers), context).after;

/** Every row of a file through the whole way in and out again, to the bytes of a new file. */
async function throughPult(source: ByteSource, format: 'xlsx' | 'csv'): Promise<ByteSource> {
  const { header, rows } = await readTable(source);
  const unknown = header.targets.flatMap((target) =>
    target !== null && 'unknown' in target ? [target.unknown] : [],
  );
  const out = (await gathered(rows)).map(({ cells, number }) => {
    const result = readRow(cells, header, number, ZONE);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return exportRow(importRow(ID, null, result.row, context).after, context);
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of writeTable(
    format,
    (async function* () {
      yield out;
    })(),
    unknown,
  ))
    pieces.push(piece);
  return bytesSource(joined(pieces));
}

/** All 47 cells of every row, absent ones as null. */
async function grid(source: ByteSource): Promise<RawCell[][]> {
  return (await gathered(readXlsx(source))).map(({ cells }) => COLUMNS.map((_, at) => cells[at] ?? null));
}

describe('the sample of the registry', () => {
  test('goes out as it came in: every cell of all 47 columns, value and type', async () => {
    const before = await grid(sample());
    expect(before).toHaveLength(6);
    expect(await grid(await throughPult(sample(), 'xlsx'))).toEqual(before);
  });

  test('columns F–S and AT follow from the events; only fractions of a second are kept beside them', async () => {
    const { header, rows } = await readTable(sample());
    for (const { cells, number } of await gathered(rows)) {
      const result = readRow(cells, header, number, ZONE);
      if (!result.ok) throw new Error(result.error.kind);
      const { after } = importRow(ID, null, result.row, context);
      expect(
        Object.keys(after.imported?.cells ?? {}).filter((name) => !/^(?:#[HLN]|@.*)$/.test(name)),
      ).toEqual([]);
      const computed = computedCells(after, context);
      const wrong = COLUMNS.filter(
        ({ letter, kind }) => (letterBetween(letter, 'F', 'S') || letter === 'AT') && kind !== 'guarded',
      ).filter(({ key, kind }) => {
        const cell = result.row.known[key] ?? '';
        return kind === 'duration' && cell !== ''
          ? Math.abs(Number(computed[key]) - Number(cell)) * 86_400 >= 1
          : computed[key] !== cell;
      });
      expect(wrong.map(({ letter }) => `${letter}${number}`)).toEqual([]);
    }
  });

  test('through a csv nothing changes either', async () => {
    const csv = await throughPult(sample(), 'csv');
    expect(await grid(await throughPult(csv, 'xlsx'))).toEqual(await grid(sample()));
  });
});

const letterBetween = (letter: string, from: string, to: string): boolean =>
  letter.length === 1 && letter >= from && letter <= to;

describe('columns', () => {
  test('come in any order and go out in the registry order', async () => {
    const cells = sampleCells();
    const order = COLUMNS.map((_, at) => at).toReversed();
    const shuffled = xlsxOf([
      order.map((at) => must(HEADERS[at], 'a header')),
      order.map((at) => cells[at] ?? null),
    ]);
    expect(await grid(await throughPult(shuffled, 'xlsx'))).toEqual([HEADERS, cells]);
  });

  test('of the variant with 42 are enough; the missing ones are computed or empty', async () => {
    const gone: ColumnKey[] = ['settlement', 'street', 'house', 'oldObject', 'object'];
    const kept = COLUMNS.map((_, at) => at).filter((at) => !gone.includes(must(COLUMNS[at], 'a column').key));
    expect(kept).toHaveLength(42);
    const cells = sampleCells();
    const out = await grid(
      await throughPult(
        xlsxOf([kept.map((at) => must(HEADERS[at], 'a header')), kept.map((at) => cells[at] ?? null)]),
        'xlsx',
      ),
    );
    expect(out[1]).toEqual(sampleCells({ settlement: null, street: null, house: null }));
  });

  test('that nobody knows are kept by name and given back, a repeated one too', async () => {
    const headers = ['Оценка куратора', ...HEADERS, 'Тема', 'Оценка куратора'];
    const file = xlsxOf([headers, ['хорошо', ...sampleCells(), 'вторая тема', 7]]);
    const out = await gathered(readXlsx(await throughPult(file, 'xlsx')));
    expect(out[0]?.cells.slice(47)).toEqual(['Оценка куратора', 'Тема (2)', 'Оценка куратора (2)']);
    expect(out[1]?.cells.slice(47)).toEqual(['хорошо', 'вторая тема', 7]);
  });

  test('are found whatever the case, spaces and ё of their headers; «Кабинет» may be absent', () => {
    const map = mapHeaders([
      '  НОМЕР  инцидента',
      'дата создания',
      'Текст инцидёнта'.replace('ё', 'е'),
      'Населённый пункт',
      'id',
    ]);
    expect(map.targets).toEqual([
      { known: 'number' },
      { known: 'createdAt' },
      { known: 'text' },
      { known: 'settlement' },
      { known: 'id' },
    ]);
    expect(map.missing).toEqual([]);
  });
});

describe('what a file says and events do not', () => {
  test('words we do not know are given back', () => {
    const cells = sampleCells({
      cabinet: 'Другой кабинет',
      oldObject: 'Школа',
      outcome: 'Закрыто',
      closingReason: 'По просьбе куратора',
      agencyInTime: '-',
    });
    expect(fileCells(exportRow(importCells(cells), context), [])).toEqual(cells);
  });

  test('a cell is computed again once its events changed here, and a finer duration stays', () => {
    const incident = importCells(sampleCells({ agencyInTime: '-', notes: 'Проверить' }));
    const by = 'operator-1';
    const at = context.now;
    const noted = {
      ...incident,
      version: incident.version + 1,
      history: [...incident.history, { event: 'reply_published', at, by, detail: {} }],
    };
    const row = exportRow(noted, context).known;
    expect(row.agencyInTime).toBe('Да');
    expect(row.lifetime).toBe(4.584486585648148);
    expect(row.firstReplyWall).toBe(0.535522025462963);
  });

  test('mentions are read as names and go out as they were', () => {
    const incident = importCells(sampleCells());
    expect(incident.text).toBe('Город Б., не чистят перекрёсток.\nСовсем!');
    expect(exportRow(incident, context).known.text).toBe(
      '[club700000|Город Б.], не чистят перекрёсток.\nСовсем!',
    );
  });
});

const second = fc.integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2026, 0, 1) / 1000 });
const word = fc.stringMatching(/^[а-яА-Яa-zA-Z0-9 =+@.,;"<>&|()№-]{0,30}$/);
const line = fc.array(word, { maxLength: 3 }).map((lines) => lines.join('<br>'));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 2 });
const moment = second.map((at) => formatLocalTimestamp(ZONE, at * 1000));
const days = fc.integer({ min: 0, max: 40 * MS_PER_DAY }).map((ms) => ms / MS_PER_DAY);

/** Any cell a registry could write into a column, in the form it writes it. */
function cellOf(key: ColumnKey): fc.Arbitrary<RawCell> {
  const { kind } = COLUMN[key];
  if (key === 'step')
    return fc.constantFrom(
      'Готово',
      'Оценка удовлетворенности',
      'В работе',
      'На согласовании',
      'Назначен исполнитель',
      'Отложено',
      null,
    );
  if (key === 'type')
    return fc.constantFrom('Решаемый', 'Информационный', 'Не решаемый', 'Нерешаемый', 'Иной', null);
  if (key === 'outcome')
    return fc.constantFrom(
      'Решено',
      'Разъяснено',
      'Не решено',
      'Отложено',
      'Перенаправлено',
      'Закрыто',
      null,
    );
  if (key === 'closingReason')
    return fc.constantFrom('Нет ответа от автора', 'Автор доволен', '5', 'Иное', null);
  if (key === 'agencyInTime') return fc.constantFrom('Да', '-', 'Нет');
  switch (kind) {
    case 'integer':
      return maybe(fc.integer({ min: 1, max: 1e9 }));
    case 'duration':
      return maybe(days);
    case 'timestamp':
      return maybe(moment);
    case 'yesNo':
      return fc.constantFrom('Да', 'Нет');
    case 'guarded':
      return line.map((text) => `'${text}`);
    default:
      return maybe(word.map((text) => (/^[=+\-@]/.test(text) && text !== '-' ? `'${text}` : text))).map(
        (text) => (text === '' ? null : text),
      );
  }
}

const anyRow = fc
  .tuple(...COLUMNS.map(({ key }) => cellOf(key)), fc.integer({ min: 1, max: 1e9 }), moment, line)
  .map((values) => {
    const cells = values.slice(0, COLUMNS.length) as RawCell[];
    const [number, created, text] = values.slice(COLUMNS.length) as [number, string, string];
    cells[placeOf('number')] = number;
    cells[placeOf('createdAt')] = created;
    cells[placeOf('text')] = `'Текст ${text}`;
    const closed = cells[placeOf('closedAt')];
    if (typeof closed === 'string' && closed < created) cells[placeOf('closedAt')] = null;
    return cells;
  });

test('whatever a row says, it goes out as it came in', () => {
  fc.assert(
    fc.property(anyRow, (cells) => {
      expect(fileCells(exportRow(importCells(cells), context), [])).toEqual(cells);
    }),
    { numRuns: 1000 },
  );
});
