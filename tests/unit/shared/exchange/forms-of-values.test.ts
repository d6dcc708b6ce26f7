import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEmptyWord, isErrorWord } from '#shared/exchange/empty-words.ts';
import { isMomentSerial, readMoment, serialText } from '#shared/exchange/moments.ts';
import { readCount, readLabel } from '#shared/exchange/numbers.ts';
import { readSpan } from '#shared/exchange/spans.ts';
import { ZONE } from '#tests/fixtures/exchange.ts';
import { cpuMs, piecesMs } from '#tests/helpers/cpu-time.ts';

describe('a moment', () => {
  test.each([
    ['10.01.2022 9:05', '2022-01-10 09:05:00'],
    ['10.01.2022 9:05:07', '2022-01-10 09:05:07'],
    ['1.2.22 9:05', '2022-02-01 09:05:00'],
    ['10.01.2022, 09:05', '2022-01-10 09:05:00'],
    ['10.01.2022 г. 9:05', '2022-01-10 09:05:00'],
    ['10.01.2022', '2022-01-10 00:00:00'],
    ['2022-1-5 9:05', '2022-01-05 09:05:00'],
    ['2022/01/10 09:05:07', '2022-01-10 09:05:07'],
    ['2022-01-10T09:05:07.123456', '2022-01-10 09:05:07'],
    ['2022-01-10 09:05:07,5', '2022-01-10 09:05:07'],
    ['2022-01-10T09:05:07Z', '2022-01-10 19:05:07'],
    ['2022-01-10T09:05:07+10:00', '2022-01-10 09:05:07'],
    ['2022-01-10 09:05:07+0300', '2022-01-10 16:05:07'],
    ['2022-01-10 09:05:07 UTC', '2022-01-10 19:05:07'],
    ['2022-01-10 09:05:07 +0000 UTC', '2022-01-10 19:05:07'],
    ['10 января 2022 г., 9:05', '2022-01-10 09:05:00'],
    ['17 мая 2025 20:11', '2025-05-17 20:11:00'],
    ['3 марта 2025', '2025-03-03 00:00:00'],
    ['17-Dec-2025 20:11', '2025-12-17 20:11:00'],
    ['12/17/2025 8:11:05 PM', '2025-12-17 20:11:05'],
    ['17/12/2025 20:11', '2025-12-17 20:11:00'],
    ['05/05/2025 12:00 AM', '2025-05-05 00:00:00'],
    ["'2022-01-10 09:05:07", '2022-01-10 09:05:07'],
    ['  10.01.2022\u00a09:05 ', '2022-01-10 09:05:00'],
    ['44571,378472', '2022-01-10 09:05:00'],
    [44571.378472, '2022-01-10 09:05:00'],
  ])('%j is %s', (raw, text) => {
    expect(readMoment(raw, ZONE)).toEqual({ ok: true, text });
  });

  test.each([
    'вчера',
    '31.02.2022',
    '2022-13-01',
    '25:00',
    '10.01.1999',
    '2022-01-10 24:00',
    '',
    '5 foo 2022',
    -3,
    1e300,
  ])('%j is none', (raw) => {
    expect(readMoment(raw, ZONE)).toEqual({ ok: false, kind: 'broken_date' });
  });

  test('with slashes that fit two days is not guessed', () => {
    expect(readMoment('01/02/2025 10:00', ZONE)).toEqual({ ok: false, kind: 'ambiguous_date' });
  });

  test('as a day number is the same second again', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) }), (ms) => {
        const second = Math.floor(ms / 1000);
        const serial = second / 86_400 + 25_569;
        expect(isMomentSerial(serial)).toBe(true);
        expect(serialText(serial)).toBe(new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' '));
      }),
    );
  });
});

describe('a time span', () => {
  const clock = (days: number, hours: number, minutes: number, seconds = 0): number =>
    days + hours / 24 + minutes / 1440 + seconds / 86_400;
  test.each([
    ['4 days 00:55:00.217000', clock(4, 0, 55, 0.217)],
    ['0 days 00:55:00', clock(0, 0, 55)],
    ['-1 days +23:05:00', clock(-1, 23, 5)],
    ['4 days, 0:55:00.217000', clock(4, 0, 55, 0.217)],
    ['1 day, 0:55:00', clock(1, 0, 55)],
    ['4 days', 4],
    ['4 дн. 0:55', clock(4, 0, 55)],
    ['4 дня 0:55:10', clock(4, 0, 55, 10)],
    ['4.00:55:00.2170000', clock(4, 0, 55, 0.217)],
    ['P4DT55M', clock(4, 0, 55)],
    ['PT2H3M4.5S', clock(0, 2, 3, 4.5)],
    ['1 ч 23 мин', clock(0, 1, 23)],
    ['2 д. 1 ч. 23 мин. 4 сек.', clock(2, 1, 23, 4)],
    ['55 mins', clock(0, 0, 55)],
    ['1.5 hours', clock(0, 1, 30)],
    ['217 secs', clock(0, 0, 0, 217)],
    ['96:55:00', clock(4, 0, 55)],
    ['9:05', clock(0, 9, 5)],
    ['-0:05:00', -clock(0, 0, 5)],
    ['1899-12-30 00:55:00', clock(0, 0, 55)],
    ['31.12.1899 0:55', clock(1, 0, 55)],
    ['4,584486585648148', 4.584486585648148],
    ['1.3E-2', 0.013],
  ])('%j', (raw, days) => {
    expect(readSpan(raw)).toBeCloseTo(days, 9);
  });

  test.each(['долго', '4 foo', '1900-01-04 00:55:00', '', 'PT', '4 days foo', '12:99', 'x'.repeat(500)])(
    '%j is none',
    (raw) => {
      expect(readSpan(raw)).toBeNull();
    },
  );
});

describe('a number', () => {
  test.each([
    ['12 345', 12_345, true],
    ['12\u202f345', 12_345, true],
    ['1 234,00', 1234, true],
    ['120.0', 120, true],
    ['1,234,567', 1_234_567, true],
    ["1'234'567", 1_234_567, true],
    ['12,5 тыс.', 12_500, false],
    ['1.2K', 1200, false],
    ['1,2 млн', 1_200_000, false],
    ['1,2E+04', 12_000, false],
  ])('%j', (raw, value, isExact) => {
    expect(readCount(raw)).toEqual({ value, isExact });
  });

  test.each(['12,345', '-5', 'много', '', '1.5', '5 чел.', '1e999', '9'.repeat(30), 1.5, -1, Number.NaN])(
    '%j is none',
    (raw) => {
      expect(readCount(raw)).toBeNull();
    },
  );

  test('that is a name keeps every digit or is none', () => {
    expect(['717 475', '№717475', '717475.0', '717,475', "'717475", 717_475].map(readLabel)).toEqual(
      Array(6).fill(717_475),
    );
    expect(['7,17E+05', '717475.5', 'б/н', '', '717 475 и 717 476'].map(readLabel)).toEqual(
      Array(5).fill(null),
    );
  });
});

test('dashes and errors are told from words', () => {
  expect(['-', '—', '–', 'Н/Д', 'н/д', 'NaN', 'NULL', 'N/A', 'нет данных', "'-"].every(isEmptyWord)).toBe(
    true,
  );
  expect(['нет', '0', 'да', 'Нд-Строй', '-5', 'x'.repeat(1000)].some(isEmptyWord)).toBe(false);
  expect(
    ['#N/A', '#Н/Д', '#VALUE!', '#ЗНАЧ!', '#DIV/0!', '#ДЕЛ/0!', '#REF!', '#####', 'Err:502'].every(
      isErrorWord,
    ),
  ).toBe(true);
  expect(['#наша_область', '№ 5', '#'].some(isErrorWord)).toBe(false);
});

test('no reader is slow on a long text', () => {
  const texts = ['1 ', '4 days ', '1,', '12:', ' ', 'п 1 ', '<br'].map((piece) => piece.repeat(40_000));
  const start = cpuMs();
  for (const text of texts)
    for (const read of [readSpan, readCount, readLabel, isEmptyWord, isErrorWord]) read(text);
  for (const text of texts) readMoment(text, ZONE);
  expect(cpuMs() - start).toBeLessThan(piecesMs(100));
});
