import { describe, expect, it } from 'vitest';
import { mapHeaders } from '#shared/exchange/header-map.ts';
import { chosen, columnChoices, keyAt, unknownFirst } from '#renderer/screens/import/mapping.ts';
import { linesOf } from '#renderer/screens/import/ndjson.ts';
import { problemCsv, problemOf, problemText, warningOf } from '#renderer/screens/import/problem.ts';
import { allReadings, isReadable, readingsOf, withReading } from '#renderer/screens/import/readings.ts';
import type { OddCell } from '#shared/exchange/odd-cells.ts';

const headers = ['ID', 'Что написали', 'Номер инцидента', 'Дата создания', 'Наш столбец', ''];

describe('mapping', () => {
  it('shows unrecognised columns first, whatever is chosen afterwards', () => {
    expect(unknownFirst(headers)).toEqual([1, 4, 0, 2, 3, 5]);
  });

  it('gives a column a meaning and takes it from the one that had it', () => {
    const first = chosen(mapHeaders(headers), {}, 1, 'text');
    const map = mapHeaders(headers, first);
    expect([keyAt(map, 1), map.missing]).toEqual(['text', []]);
    const second = chosen(map, first, 4, 'text');
    const moved = mapHeaders(headers, second);
    expect([keyAt(moved, 1), keyAt(moved, 4), moved.missing]).toEqual([null, 'text', []]);
  });

  it('can leave a known column to be kept by name', () => {
    const map = mapHeaders(headers, chosen(mapHeaders(headers), {}, 0, null));
    expect([keyAt(map, 0), map.lacksId]).toEqual([null, true]);
  });

  it('marks the mandatory ones among all 47', () => {
    const choices = columnChoices();
    expect(choices.length).toBe(47);
    expect(choices.filter(({ label }) => label.endsWith(' *')).map(({ value }) => value)).toEqual([
      'number',
      'createdAt',
      'text',
    ]);
  });
});

describe('lines of an answer', () => {
  const bodyOf = (parts: readonly string[]): ReadableStream<Uint8Array> => {
    const bytes = new TextEncoder().encode(parts.join(''));
    // Cut every three bytes: in the middle of letters and of lines.
    return new ReadableStream({
      start(control) {
        for (let at = 0; at < bytes.length; at += 3) control.enqueue(bytes.slice(at, at + 3));
        control.close();
      },
    });
  };

  it.each([
    ['with a break at the end', ['{"а":1}\n', '\n', '{"б":"строка"}\n']],
    ['without one', ['{"а":1}\n{"б":"строка"}']],
  ])('come whole, %s', async (_, parts) => {
    expect(await Array.fromAsync(linesOf(bodyOf(parts)))).toEqual(['{"а":1}', '{"б":"строка"}']);
  });
});

describe('refused rows', () => {
  const date = problemOf(
    {
      row: 5,
      column: 'Дата создания',
      kind: 'broken_date',
      value: '=HYPERLINK("x")',
      message: 'as the API says',
    },
    'ru',
  );

  it('have a reason in the reader’s language; kinds of a newer API keep its words', () => {
    expect(date.reason).toMatch(/^дата не читается/);
    expect(
      problemOf({ row: 0, column: '', kind: 'new_kind', value: '', message: 'as the API says' }, 'ru').reason,
    ).toBe('as the API says');
  });

  it('become a csv that a spreadsheet opens and never runs', () => {
    const csv = problemCsv([date], ['Строка', 'Столбец', 'Причина', 'Что стоит']);
    expect(csv.startsWith('\uFEFF"Строка";"Столбец"')).toBe(true);
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    expect(csv.split('\r\n').length).toBe(3);
  });

  it('are copied as lines with tabs', () => {
    expect(
      problemText([date, date])
        .split('\n')
        .map((line) => line.split('\t').length),
    ).toEqual([4, 4]);
  });
});

describe('how odd cells are to be read', () => {
  const step: OddCell = { key: 'step', kind: 'unknown_step', value: 'На доработке', count: 3, row: 2 };
  const audience: OddCell = { key: 'audience', kind: 'unread_number', value: 'много', count: 1, row: 5 };

  it('a cell that was explained stays in the list, so that it can be changed', () => {
    const said = withReading([], step, 'В работе');
    expect(readingsOf(said)).toEqual({ step: { 'На доработке': 'В работе' } });
    expect(allReadings([audience], said).map(({ cell, meaning }) => [cell.key, meaning])).toEqual([
      ['audience', ''],
      ['step', 'В работе'],
    ]);
    expect(readingsOf(withReading(withReading(said, step, 'Отложено'), step, ''))).toEqual({});
  });

  it('a meaning that cannot be read either is told', () => {
    expect(allReadings([audience], withReading([], audience, 'тьма'))).toMatchObject([{ isUnread: true }]);
  });

  it('what no other reading changes is only shown', () => {
    expect(
      [step, audience, { ...audience, kind: 'long_text' as const }, { ...audience, value: 'ааа…' }].map(
        isReadable,
      ),
    ).toEqual([true, true, false, false]);
    expect(warningOf({ row: 2, column: 'Аудитория', kind: 'no_value', value: '—' }, 'ru').reason).toMatch(
      /значения нет; читается как пустая ячейка/,
    );
  });
});
