import { describe, expect, it, test } from 'vitest';
import { calendarOf } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { deadlinePolicySchema } from '#shared/domain/deadline.ts';
import type { Verdict } from '#renderer/screens/setup/verdict.ts';
import { judgeDeadlines, judgeHolidays } from '#renderer/screens/setup/judge-time.ts';

const NOW = Date.UTC(2026, 10, 29);
const ZONE = 'Asia/Vladivostok';
const WEEK = Array.from({ length: 7 }, () => ({ from: '09:00', to: '18:00' }));
const TOPICS = [
  {
    id: 'Ямы',
    name: 'Ямы',
    group: 'Дороги',
    fastTrack: false,
    severity: null,
    validFrom: null,
    validTo: null,
  },
];
const found = ({ state, findings }: Verdict) => [state, ...findings];

describe('the calendar', () => {
  const { named: _, ...usual } = calendarOf(defaultWorkingCalendar(ZONE));
  const known = (...years: readonly number[]) => ({ ...usual, named: new Set(years) });
  test.each([
    ['no holidays', calendarOf({ zone: ZONE, week: WEEK, days: {} }), ['missing', { kind: 'no_holidays' }]],
    ['none of this year', known(2025), ['missing', { kind: 'year_without_holidays', year: 2026 }]],
    [
      'none of the next year, near its end',
      known(2025, 2026),
      ['partly', { kind: 'year_without_holidays', year: 2027 }],
    ],
    ['those of this year and the next', known(2026, 2027), ['works', { kind: 'holidays_known', year: 2027 }]],
  ])('with %s', (_name, calendar, expected) => {
    expect(found(judgeHolidays({ reference: { calendar }, now: NOW }))).toEqual(expected);
  });

  it('needs no next year in spring', () => {
    const spring = { reference: { calendar: known(2026) }, now: Date.UTC(2026, 3, 1) };
    expect(judgeHolidays(spring).state).toBe('works');
  });
});

describe('the deadlines', () => {
  const policy = (change: object) =>
    deadlinePolicySchema.parse({
      id: 'p',
      name: 'p',
      start: 'created',
      unit: 'working',
      minutes: 540,
      ...change,
    });
  test.each([
    ['none', [], ['missing', { kind: 'no_deadlines' }]],
    ['one for all', [policy({})], ['works', { kind: 'deadlines_cover', covered: 4, count: 4 }]],
    [
      'one of high importance alone',
      [policy({ importance: 'high' })],
      ['partly', { kind: 'deadlines_cover', covered: 2, count: 4 }],
    ],
    ['one of one network', [policy({ network: 'vk' })], ['missing', { kind: 'no_deadlines' }]],
    ['one that has ended', [policy({ validTo: NOW - 1 })], ['missing', { kind: 'no_deadlines' }]],
    ['one of the agency’s own clock', [policy({ start: 'assigned' })], ['missing', { kind: 'no_deadlines' }]],
  ])('with %s', (_name, policies, expected) => {
    expect(found(judgeDeadlines({ reference: { policies, topics: TOPICS }, now: NOW }))).toEqual(expected);
  });
});
