import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  addWorkingMinutes,
  calendarOf,
  compileCalendar,
  dayKindOf,
  isWorkingMoment,
  workingCalendarSchema,
  workingHoursOn,
  workingMarks,
  workingMinutesBetween,
  type WorkingCalendar,
} from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar, russianProductionYears } from '#shared/domain/data/russian-holidays.ts';
import { dayOfDate, localTimeAt, parseLocalTimestamp, weekdayOf } from '#shared/domain/time-zone.ts';
import { must } from '#shared/domain/must.ts';

const MINUTE = 60_000;
const data = defaultWorkingCalendar();
const calendar = compileCalendar(data);
const local = (text: string, zone = data.zone): number => must(parseLocalTimestamp(zone, text), text);
const day = (text: string): number => must(dayOfDate(text), text);

/** Straight from the data, one moment at a time. */
function isWorking(of: WorkingCalendar, at: number): boolean {
  const { day: number, msOfDay } = localTimeAt(of.zone, at);
  const hours = workingHoursOn(of, number);
  if (hours === null) {
    return false;
  }
  const ms = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE;
  return msOfDay >= ms(hours.from) && msOfDay < ms(hours.to);
}

function bruteMarks(of: WorkingCalendar, created: number, reply: number): number {
  let count = 0;
  for (let mark = created; mark < reply; mark += MINUTE) {
    count += isWorking(of, mark) ? 1 : 0;
  }
  return count;
}

const berlin: WorkingCalendar = {
  zone: 'Europe/Berlin',
  week: Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' })),
  days: { '2025-10-27': 'off', '2025-03-29': { from: '01:00', to: '03:00' } },
};

describe('calendarOf', () => {
  const shortened = (date: string): WorkingCalendar => ({ ...berlin, days: { [date]: 'off' } });

  it('keeps what was compiled, tells calendars apart by their data, and forgets the longest unused', () => {
    const first = calendarOf(berlin);
    expect(first).toEqual(compileCalendar(berlin));
    expect(calendarOf(structuredClone(berlin))).toBe(first);
    expect(calendarOf(shortened('2025-01-06'))).toEqual(compileCalendar(shortened('2025-01-06')));
    for (let day = 10; day < 20; day += 1) calendarOf(shortened(`2025-01-${day}`));
    expect(calendarOf(berlin)).not.toBe(first);
  });
});

describe('workingMarks', () => {
  // The five incidents of the registry's export sample: created (R), first reply (F), working minutes (I ×
  // 1440).
  it.each([
    ['2025-12-17 20:11:05', '2025-12-18 09:02:14', 33],
    ['2025-12-17 20:15:31', '2025-12-18 10:31:09', 121],
    ['2025-12-17 20:40:48', '2025-12-18 08:36:20', 6],
    ['2025-12-17 21:02:12', '2025-12-18 11:44:11', 194],
    ['2025-12-17 21:30:03', '2025-12-18 09:15:40', 46],
  ])('reproduces column I for %s -> %s', (created, reply, marks) => {
    expect(workingMarks(calendar, local(created), local(reply))).toBe(marks);
  });

  it('counts a mark on the opening minute and none on the closing one', () => {
    expect(workingMarks(calendar, local('2025-12-17 08:30:00'), local('2025-12-17 08:30:01'))).toBe(1);
    expect(workingMarks(calendar, local('2025-12-17 17:30:00'), local('2025-12-17 23:00:00'))).toBe(0);
    expect(workingMarks(calendar, local('2025-12-17 10:00:00'), local('2025-12-17 10:00:00'))).toBe(0);
  });

  it.each([
    ['the default calendar', data, Date.UTC(2024, 11, 20)],
    ['a zone that changes its clocks', berlin, Date.UTC(2025, 2, 28)],
    ['a zone that puts its clocks back', berlin, Date.UTC(2025, 9, 24)],
  ])('equals counting minute by minute: %s', (_name, of, from) => {
    const compiled = compileCalendar(of);
    const moment = fc.integer({ min: 0, max: 5 * 86_400 }).map((second) => from + second * 1000);
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        expect(workingMarks(compiled, a, b)).toBe(a < b ? bruteMarks(of, a, b) : 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('workingMinutesBetween', () => {
  it.each([
    ['2025-12-17 17:00:00', '2025-12-18 09:00:00', 60],
    ['2025-12-19 17:00:00', '2025-12-22 08:45:00', 45],
    ['2025-12-30 17:29:30', '2026-01-12 08:30:30', 1],
    ['2025-11-01 08:30:00', '2025-11-01 23:00:00', 480],
    ['2025-12-18 09:00:00', '2025-12-17 17:00:00', -60],
  ])('%s -> %s is %d', (a, b, minutes) => {
    expect(workingMinutesBetween(calendar, local(a), local(b))).toBe(minutes);
  });

  it('equals the sum of single working minutes between whole minutes', () => {
    const from = local('2024-04-26 00:00:00');
    const minute = fc.integer({ min: 0, max: 7 * 1440 }).map((m) => from + m * MINUTE);
    fc.assert(
      fc.property(minute, minute, (a, b) => {
        const expected = a <= b ? bruteMarks(data, a, b) : 0 - bruteMarks(data, b, a);
        expect(workingMinutesBetween(calendar, a, b)).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the hour that a clock change adds or takes', () => {
    const compiled = compileCalendar(berlin);
    const at = (text: string): number => local(text, berlin.zone);
    expect(workingMinutesBetween(compiled, at('2025-10-26 00:00'), at('2025-10-27 00:00'))).toBe(25 * 60);
    expect(workingMinutesBetween(compiled, at('2025-03-30 00:00'), at('2025-03-31 00:00'))).toBe(23 * 60);
  });

  it('uses the offset of the day: 08:30 was 21:30 UTC in 2014 and 22:30 UTC later', () => {
    const old = compileCalendar(data, { from: 2014, to: 2015 });
    expect(isWorkingMoment(old, Date.UTC(2014, 5, 1, 21, 30))).toBe(true);
    expect(isWorkingMoment(old, Date.UTC(2015, 5, 1, 21, 30))).toBe(false);
    expect(isWorkingMoment(old, Date.UTC(2015, 5, 1, 22, 30))).toBe(true);
  });

  it('says so outside the compiled years, and counts up to their very edges', () => {
    expect(() => workingMinutesBetween(calendar, local('2014-12-31 23:59:59'), 0)).toThrow(RangeError);
    expect(() => workingMinutesBetween(calendar, local('2036-01-01 00:00:00'), 0)).toThrow(/2015-2035/);
    const whole = workingMinutesBetween(calendar, local('2015-01-01 00:00:00'), local('2035-12-31 23:59:59'));
    expect(whole).toBeGreaterThan(21 * 240 * 540);
  });
});

describe('addWorkingMinutes', () => {
  it.each([
    ['2025-12-17 20:11:05', 540, '2025-12-18 17:30:00'],
    ['2025-12-17 16:00:00', 240, '2025-12-18 11:00:00'],
    ['2025-12-30 17:00:00', 60, '2026-01-12 09:00:00'],
    ['2025-12-20 12:00:00', -30, '2025-12-19 17:00:00'],
    ['2025-12-22 09:00:00', -30, '2025-12-22 08:30:00'],
    ['2025-12-20 12:00:00', 0, '2025-12-20 12:00:00'],
  ])('%s + %d min is %s', (from, minutes, due) => {
    expect(addWorkingMinutes(calendar, local(from), minutes)).toBe(local(due));
  });

  it('is undone by workingMinutesBetween', () => {
    const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
    fc.assert(
      fc.property(moment, fc.integer({ min: -20_000, max: 20_000 }), (from, minutes) => {
        const to = addWorkingMinutes(calendar, from, minutes);
        expect(workingMinutesBetween(calendar, from, to)).toBe(minutes);
        expect(Math.sign(to - from)).toBe(Math.sign(minutes));
      }),
    );
  });

  it('never lands in the closed hours', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2021, 0), max: Date.UTC(2027, 0) }),
        fc.integer({ min: 1, max: 5000 }),
        (from, minutes) => {
          expect(isWorkingMoment(calendar, addWorkingMinutes(calendar, from, minutes) - 1)).toBe(true);
        },
      ),
    );
  });

  it('says so when the answer lies past the compiled years', () => {
    expect(() => addWorkingMinutes(calendar, local('2035-12-28 10:00:00'), 100_000)).toThrow(RangeError);
    expect(() => addWorkingMinutes(calendar, local('2015-01-05 10:00:00'), -100_000)).toThrow(RangeError);
  });
});

describe('the production calendar', () => {
  // Working days a year, as printed in the official production calendars (2021 less the days given by
  // decree).
  it.each([
    [2018, 247],
    [2019, 247],
    [2020, 248],
    [2021, 247 - 4 - 3],
    [2022, 247],
    [2023, 247],
    [2024, 248],
    [2025, 247],
    [2026, 247],
    [2027, 247],
  ])('%d has %d working days', (year, expected) => {
    let count = 0;
    for (let number = day(`${year}-01-01`); number <= day(`${year}-12-31`); number += 1) {
      count += workingHoursOn(data, number) === null ? 0 : 1;
    }
    expect(count).toBe(expected);
  });

  // Hours of the five-day week by the same calendars: 8 a day, one less on each eve.
  it.each([
    [2018, 1970],
    [2019, 1970],
    [2020, 1979],
    [2022, 1973],
    [2023, 1973],
    [2024, 1979],
    [2025, 1972],
  ])('%d has %d working hours of a five-day week', (year, hours) => {
    const { days } = data;
    let count = 0;
    for (let number = day(`${year}-01-01`); number <= day(`${year}-12-31`); number += 1) {
      const on = workingHoursOn(data, number);
      count += on === null ? 0 : on.to === '16:30' ? 7 : 8;
    }
    expect(count).toBe(hours);
    expect(Object.keys(days).length).toBeGreaterThan(200);
  });

  it('counts the working time over the New Year of each of its years', () => {
    const calendar = compileCalendar(data);
    // From the last evening of the old year to the first morning of the new one, in hours of Asia/Vladivostok
    // (UTC+10).
    const at = (text: string): number => Date.parse(`${text}+10:00`);
    expect(workingMarks(calendar, at('2018-12-28T16:00:00'), at('2019-01-09T09:00:00'))).toBe(90 + 480 + 30);
    expect(workingMarks(calendar, at('2019-12-31T16:00:00'), at('2020-01-09T09:00:00'))).toBe(30 + 30);
    expect(workingMarks(calendar, at('2020-01-03T17:00:00'), at('2020-01-09T09:15:00'))).toBe(45);
    expect(workingMarks(calendar, at('2017-12-29T17:00:00'), at('2018-01-09T09:00:00'))).toBe(30 + 30);
  });

  it('moves weekends only and shortens working days only', () => {
    for (const { year, moved, shortened } of russianProductionYears) {
      for (const date of moved) {
        expect(weekdayOf(day(`${year}-${date}`)), `${year}-${date}`).toBeGreaterThan(5);
      }
      for (const date of shortened) {
        expect(workingHoursOn(data, day(`${year}-${date}`)), `${year}-${date}`).toEqual({
          from: '08:30',
          to: '16:30',
        });
      }
    }
  });

  it.each([
    ['2025-11-01', 'moved_working'],
    ['2025-11-03', 'holiday'],
    ['2025-11-04', 'holiday'],
    ['2025-11-05', 'working'],
    ['2025-11-08', 'weekend'],
    ['2025-06-11', 'shortened'],
    ['2023-01-07', 'holiday'],
  ])('%s is %s', (date, kind) => {
    expect(dayKindOf(data, day(date))).toBe(kind);
  });
});

describe('workingCalendarSchema', () => {
  it('accepts the default calendar', () => {
    expect(workingCalendarSchema.parse(data)).toEqual(data);
  });

  it.each([
    ['a zone nobody knows', { ...data, zone: 'Asia/Birobidzhan' }],
    ['hours that end first', { ...data, days: { '2025-01-01': { from: '18:00', to: '09:00' } } }],
    ['a date that is none', { ...data, days: { '2025-02-30': 'off' } }],
    ['six days a week', { ...data, week: data.week.slice(1) }],
  ])('refuses %s', (_name, value) => {
    expect(workingCalendarSchema.safeParse(value).success).toBe(false);
  });
});
