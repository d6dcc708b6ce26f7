import { expect, test } from 'vitest';
import { calendarFor } from '#shared/domain/agency-hours.ts';
import { calendarOf, compileCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { burnsBefore } from '#shared/domain/deadline.ts';
import { timeLeft } from '#renderer/screens/queue/time-left.ts';
import { MINUTE, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const calendar = compileCalendar(defaultWorkingCalendar());

test.each([
  ['two hours ahead are calm', 120, { minutes: 120, tone: 'calm' }],
  ['less is soon', 119, { minutes: 119, tone: 'soon' }],
  ['the very minute is not late yet', 0, { minutes: 0, tone: 'soon' }],
  ['past it is late', -25, { minutes: -25, tone: 'late' }],
])('%s', (_name, ahead, expected) => {
  expect(timeLeft(calendar, TUESDAY_10 + ahead * MINUTE, TUESDAY_10)).toEqual(expected);
});

test('the night between does not count', () => {
  const nextMorning = TUESDAY_10 + 22.5 * 60 * MINUTE + 30 * MINUTE;
  expect(timeLeft(calendar, nextMorning, TUESDAY_10)?.minutes).toBe(8 * 60);
});

test('nothing is said where nothing is owed or the calendar does not reach', () => {
  expect(timeLeft(calendar, null, TUESDAY_10)).toBeNull();
  expect(timeLeft(calendar, Date.UTC(2090, 0, 1), TUESDAY_10)).toBeNull();
});

test.each([
  ['as long before as the policy says', { unit: 'working', warning: 300 }, null, 299, 'soon'],
  ['and not before', { unit: 'working', warning: 300 }, null, 300, 'calm'],
  ['never, where the policy warns of nothing', { unit: 'working', warning: 0 }, null, 1, 'calm'],
  [
    'by the clock on the wall, where the policy counts so',
    { unit: 'calendar', warning: 30 },
    null,
    31,
    'calm',
  ],
  ['by the hours of the agency that has it', null, 'night', 9 * 60, 'soon'],
] as const)('a deadline is soon %s', (_name, policy, agency, ahead, tone) => {
  // The agency works from six in the evening: at seven it has had one hour of the two that it is warned by.
  const night = calendarOf(
    defaultWorkingCalendar(),
    new Map([['night', Array.from({ length: 7 }, () => ({ from: '18:00', to: '23:00' }))]]),
  );
  const dueAt = TUESDAY_10 + ahead * MINUTE;
  const burns = burnsBefore(night, TUESDAY_10, policy, agency);
  expect(timeLeft(calendarFor(night, agency), dueAt, TUESDAY_10, burns)?.tone).toBe(tone);
});
