import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addWorkingMinutes,
  compileCalendar,
  dayKindOf,
  isWorkingMoment,
  workingCalendarSchema,
  workingMarks,
  workingMinutesBetween,
  workingSpanOn,
  type WorkingCalendar,
} from '#shared/domain/calendar.ts';
import { explainDeadline } from '#shared/domain/deadline-explanation.ts';
import { deadlinePolicySchema, dueAt } from '#shared/domain/deadline.ts';
import { must } from '#shared/domain/must.ts';
import { dayOfDate, localTimeAt, parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { minutesOfTime, timeOfMinutes, type WorkingHours } from '#shared/domain/working-hours.ts';

const MINUTE = 60_000;
const ZONE = 'Asia/Vladivostok';
const LUNCH = { from: '12:30', to: '13:30' };
const day: WorkingHours = { from: '08:30', to: '17:30', break: LUNCH };
const data: WorkingCalendar = {
  zone: ZONE,
  week: [day, day, day, day, { from: '08:30', to: '16:00' }, null, null],
  days: { '2026-03-05': { from: '09:00', to: '12:00' }, '2026-03-06': 'off', '2026-03-07': day },
};
const calendar = compileCalendar(data, { from: 2026, to: 2026 });
const local = (text: string): number => must(parseLocalTimestamp(ZONE, text), text);

/** Straight from the data, one minute at a time. */
function isWorking({ zone, week, days }: WorkingCalendar, at: number): boolean {
  const { date, weekday, msOfDay } = localTimeAt(zone, at);
  const own = days[date];
  const hours = own === 'off' ? null : (own ?? week[weekday - 1] ?? null);
  if (hours === null) return false;
  const inside = ({ from, to }: { from: string; to: string }): boolean =>
    msOfDay >= minutesOfTime(from) * MINUTE && msOfDay < minutesOfTime(to) * MINUTE;
  return inside(hours) && !(hours.break !== undefined && inside(hours.break));
}

const naiveMinutes = (of: WorkingCalendar, from: number, to: number): number => {
  let count = 0;
  for (let at = from; at < to; at += MINUTE) count += isWorking(of, at) ? 1 : 0;
  return count;
};

const hoursOf = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 4, maxLength: 4 })
  .chain((minutes) => {
    const [from, restFrom, restTo, to] = minutes.toSorted((a, b) => a - b).map(timeOfMinutes) as [
      string,
      string,
      string,
      string,
    ];
    return fc.constantFrom<WorkingHours>({ from, to }, { from, to, break: { from: restFrom, to: restTo } });
  });
const anyCalendar: fc.Arbitrary<WorkingCalendar> = fc.record({
  zone: fc.constantFrom(ZONE, 'Europe/Moscow', 'Asia/Kolkata'),
  week: fc.array(fc.option(hoursOf), { minLength: 7, maxLength: 7 }),
  days: fc.dictionary(
    fc.integer({ min: 1, max: 28 }).map((date) => `2026-03-${String(date).padStart(2, '0')}`),
    fc.oneof(fc.constant('off' as const), hoursOf),
    { maxKeys: 5 },
  ),
});
/** Whole minutes of March 2026. */
const moment = fc.integer({ min: 0, max: 30 * 1440 }).map((minute) => Date.UTC(2026, 2, 1) + minute * MINUTE);
const stretch = fc.tuple(moment, fc.integer({ min: 0, max: 5000 }));

describe('a calendar with breaks against a naive counter of minutes', () => {
  test('what passes, the marks of the registry, and whether a moment is worked', () => {
    fc.assert(
      fc.property(anyCalendar, stretch, fc.integer({ min: 0, max: 59_999 }), (of, [from, minutes], phase) => {
        const compiled = compileCalendar(of, { from: 2026, to: 2026 });
        const to = from + minutes * MINUTE;
        expect(workingMinutesBetween(compiled, from, to)).toBe(naiveMinutes(of, from, to));
        expect(workingMarks(compiled, from + phase, to)).toBe(naiveMinutes(of, from + phase, to));
        expect(isWorkingMoment(compiled, from + phase)).toBe(isWorking(of, from + phase));
      }),
    );
  });

  test('a deadline is the first moment by which as many minutes have passed', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 700 }), (from, minutes) => {
        const due = addWorkingMinutes(calendar, from, minutes);
        expect(naiveMinutes(data, from, due)).toBe(minutes);
        expect(naiveMinutes(data, from, due - MINUTE)).toBe(minutes - 1);
        const back = addWorkingMinutes(calendar, due, -minutes);
        expect(naiveMinutes(data, back, due)).toBe(minutes);
        expect(naiveMinutes(data, back + MINUTE, due)).toBe(minutes - 1);
      }),
      { numRuns: 50 },
    );
  });
});

it('runs out before the break rather than after it, and goes on after it', () => {
  const from = local('2026-03-03 08:30:00');
  expect(addWorkingMinutes(calendar, from, 240)).toBe(local('2026-03-03 12:30:00'));
  expect(addWorkingMinutes(calendar, from, 241)).toBe(local('2026-03-03 13:31:00'));
  expect(addWorkingMinutes(calendar, from, 480)).toBe(local('2026-03-03 17:30:00'));
  expect(addWorkingMinutes(calendar, local('2026-03-03 17:30:00'), -240)).toBe(local('2026-03-03 13:30:00'));
});

it('names the break among what does not count', () => {
  const policy = deadlinePolicySchema.parse({
    id: 'day',
    name: 'День',
    start: 'created',
    unit: 'working',
    minutes: 480,
  });
  const start = local('2026-03-03 10:00:00');
  const { spans, due } = explainDeadline(policy, start, calendar, start);
  expect(due).toBe(dueAt(policy, start, calendar));
  expect(spans.filter(({ kind }) => kind === 'skipped')).toMatchObject([
    { reason: 'break', from: local('2026-03-03 12:30:00'), to: local('2026-03-03 13:30:00') },
    { reason: 'evening' },
    { reason: 'night' },
  ]);
  const counted = spans.reduce((sum, span) => sum + (span.kind === 'counted' ? span.minutes : 0), 0);
  expect(counted).toBe(480);
});

it('reads rows with and without a break, and none with a break outside', () => {
  expect(workingCalendarSchema.parse(data)).toEqual(data);
  const wrong = { ...data, week: [{ ...day, break: { from: '08:30', to: '09:00' } }, ...data.week.slice(1)] };
  expect(workingCalendarSchema.safeParse(wrong).success).toBe(false);
});

it('calls a day shortened by what is worked in it', () => {
  const shorter = { ...data, days: { '2026-03-03': { from: '08:30', to: '16:30' } } };
  expect(dayKindOf(shorter, must(dayOfDate('2026-03-03'), 'a day'))).toBe('working');
  expect(dayKindOf(data, must(dayOfDate('2026-03-05'), 'a day'))).toBe('shortened');
  expect(workingSpanOn(calendar, must(dayOfDate('2026-03-05'), 'a day'))?.break).toBeNull();
});
