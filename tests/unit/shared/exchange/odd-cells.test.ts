import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { COLUMN, COLUMNS, MANDATORY, type ColumnKey } from '#shared/exchange/columns.ts';
import { exportRow, fileCells } from '#shared/exchange/export-row.ts';
import { mapHeaders } from '#shared/exchange/header-map.ts';
import { importRow } from '#shared/exchange/import-row.ts';
import { readRow, type Readings, type RowResult } from '#shared/exchange/read-row.ts';
import { rowReader } from '#shared/exchange/row-reader.ts';
import {
  HEADERS,
  ZONE,
  exchangeContext as context,
  numberedCells,
  placeOf,
  sampleCells,
} from '#tests/fixtures/exchange.ts';

const ID = '3b8d6fb6-57a0-5a5e-8b6c-0a4f3f8f8c11';
const HEADER = mapHeaders(HEADERS);

const taken = (result: RowResult): Extract<RowResult, { ok: true }> => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result;
};

const read = (change: Partial<Record<ColumnKey, RawCell>>, readings: Readings = {}) =>
  taken(readRow(sampleCells(change), HEADER, 2, ZONE, readings));

const imported = (change: Partial<Record<ColumnKey, RawCell>>, readings: Readings = {}) =>
  importRow(ID, null, read(change, readings).row, context).after;

const back = (change: Partial<Record<ColumnKey, RawCell>>): RawCell[] =>
  fileCells(exportRow(imported(change), context), []);

const OPTIONAL = COLUMNS.map(({ key }) => key).filter((key) => key !== 'id' && !MANDATORY.includes(key));

describe('an odd cell in an optional column', () => {
  const odd = fc.constantFrom<RawCell>(
    '-',
    '—',
    'Н/Д',
    'н/д',
    '#N/A',
    '#ДЕЛ/0!',
    'NaN',
    'NULL',
    '12,5 тыс.',
    '1 234,00',
    '1.2K',
    '12,345',
    '4 days 00:55:00.217000',
    '1900-01-04 00:55:00',
    '9:05',
    '10.01.2022 9:05',
    'вчера',
    '01/02/2025',
    'На доработке',
    'Просрочен',
    'TRUE',
    '0',
    'Да.',
    '-5',
    'а\nб',
    'а<br/>б<BR>в',
    'а\r\nб',
    '  пробелы  ',
    'я'.repeat(3000),
    1.5,
    -1,
    0,
    45_000.5,
    1e15,
  );

  test('never refuses the row, and goes back as it came', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OPTIONAL), odd, (key, raw) => {
        expect(String(back({ [key]: raw })[placeOf(key)] ?? '')).toBe(String(raw));
      }),
      { numRuns: 3000 },
    );
  });

  test('in all of them at once changes nothing but itself', () => {
    fc.assert(
      fc.property(fc.array(odd, { minLength: OPTIONAL.length, maxLength: OPTIONAL.length }), (values) => {
        const change = Object.fromEntries(OPTIONAL.map((key, at) => [key, values[at] ?? null]));
        expect(back(change).map((cell) => String(cell ?? ''))).toEqual(
          sampleCells(change).map((cell) => String(cell ?? '')),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('is told once, with its column and kind', () => {
    const kinds = (change: Partial<Record<ColumnKey, RawCell>>) =>
      read(change).warnings.map(({ column, kind, value }) => [column, kind, value]);
    expect(kinds({ audience: '12,5 тыс.' })).toEqual([['Аудитория', 'rounded_number', '12,5 тыс.']]);
    expect(kinds({ audience: '—', step: 'Просрочен', lifetime: 'долго' })).toEqual([
      [COLUMN.lifetime.header, 'unread_span', 'долго'],
      [COLUMN.step.header, 'unknown_step', 'Просрочен'],
      ['Аудитория', 'no_value', '—'],
    ]);
    expect(kinds({ closedAt: '2025-12-17 20:11:04' })).toEqual([
      ['Дата окончания', 'closed_before_created', '2025-12-17 20:11:04'],
    ]);
    expect(kinds({})).toEqual([]);
  });

  test('means what can be told: a rounded number approximately, a step from the other columns, a dash nothing', () => {
    expect(imported({ audience: '12,5 тыс.' }).source.audience).toBe(12_500);
    expect(imported({ audience: 'много' }).source.audience).toBeNull();
    expect(imported({ step: 'Просрочен' }).step.name).toBe('done');
    expect(imported({ step: 'На доработке', closedAt: null, closingReason: null }).step.name).toBe(
      'satisfaction',
    );
    expect(imported({ step: 'Модерация', closedAt: null, satisfactionAt: null }).step.name).toBe(
      'in_progress',
    );
    expect(
      imported({
        agency: '-',
        step: null,
        closedAt: null,
        satisfactionAt: null,
        firstReplyAt: null,
        agencyReplyAt: null,
        submittedAt: null,
      }).assignments,
    ).toEqual([]);
    expect(imported({ tags: '—' }).tags).toEqual([]);
  });
});

describe('a person may say how an odd cell is to be read', () => {
  test('it means that, and still goes back as it came', () => {
    const change = { step: 'Просрочен', audience: 'много', closedAt: null, closingReason: null };
    const incident = imported(change, { step: { Просрочен: 'В работе' }, audience: { много: '900' } });
    expect([incident.step.name, incident.source.audience]).toEqual(['in_progress', 900]);
    const cells = fileCells(exportRow(incident, context), []);
    expect([cells[placeOf('step')], cells[placeOf('audience')]]).toEqual(['Просрочен', 'много']);
  });

  test('a mandatory cell too', () => {
    const cells = sampleCells({ createdAt: 'вчера' });
    expect(readRow(cells, HEADER, 2, ZONE)).toMatchObject({ ok: false, error: { kind: 'broken_date' } });
    expect(readRow(cells, HEADER, 2, ZONE, { createdAt: { вчера: '10.01.2022 9:05' } })).toMatchObject({
      ok: true,
      row: { known: { createdAt: '2022-01-10 09:05:00' }, isInterpreted: true },
    });
  });
});

describe('the form of a cell', () => {
  const form = fc.constantFrom('<br>', '<br/>', '<br />', '<BR>', '\n', '\r\n', '\r');
  const piece = fc.constantFrom('яма', '[club1|Город]', '«да»', '=1+1', "'", ' ', '<b>', '');
  const text = fc
    .tuple(piece, fc.array(fc.tuple(form, piece), { maxLength: 6 }))
    .map(([first, rest]) => `снег ${first}${rest.flat().join('')}`);

  test('of a text with line breaks of every form is the one that came', () => {
    const keys = [
      'text',
      'reply1',
      'notes',
      'firstReplyText',
      'object',
    ] as const satisfies readonly ColumnKey[];
    fc.assert(
      fc.property(fc.constantFrom(...keys), text, fc.constantFrom('', "'"), (key, body, guard) => {
        const raw = COLUMN[key].kind === 'guarded' ? guard + body : body;
        expect(back({ [key]: raw })[placeOf(key)]).toBe(raw);
      }),
      { numRuns: 2000 },
    );
  });

  test('of a column nobody knows too', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const header = mapHeaders([...HEADERS, 'Своё', '#AB', '~R']);
        const cells = [...sampleCells(), raw, raw, raw];
        const { row } = taken(readRow(cells, header, 2, ZONE));
        const out = exportRow(importRow(ID, null, row, context).after, context);
        expect(fileCells(out, ['Своё', '#AB (2)', '~R (2)'])).toEqual(cells);
      }),
    );
  });

  test('of a formula is not given back: it stays behind an apostrophe', () => {
    for (const key of ['audience', 'agency', 'closedAt', 'text', 'lifetime'] as const)
      expect(back({ [key]: '=HYPERLINK("http://x","y")\n' })[placeOf(key)]).toMatch(/^'=/);
  });

  test('goes once the column has changed here', () => {
    const incident = imported({ reply1: "'Здравствуйте.\nУберём.", closedAt: '22.12.2025 10:12' });
    const history = [
      ...incident.history,
      { event: 'reopened', at: context.now, by: 'operator-1', detail: {} },
    ];
    const row = exportRow({ ...incident, version: incident.version + 1, history }, context);
    expect(row.forms).toMatchObject({ AJ: "'Здравствуйте.\nУберём." });
    expect(row.forms).not.toHaveProperty('S');
  });
});

test('a text much longer than those before it is taken with a warning', () => {
  const next = rowReader(HEADER, ZONE);
  const kinds = (number: number, text: string) => {
    const result = taken(next({ number, cells: numberedCells(number, { text }) }));
    return result.warnings.map(({ kind }) => kind);
  };
  expect(Array.from({ length: 6 }, (_, at) => kinds(at + 2, 'Яма у дома'))).toEqual(Array(6).fill([]));
  expect(kinds(9, 'я'.repeat(4000))).toEqual(['long_text']);
  expect(must(kinds(10, 'я'.repeat(200)), 'none')).toEqual([]);
});
