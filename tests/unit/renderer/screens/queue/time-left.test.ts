import { expect, test } from 'vitest';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
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
