import { expect, test } from 'vitest';
import { waitedMinutes } from '#shared/domain/approval-time.ts';
import { calendar } from '#tests/fixtures/facts.ts';
import { MINUTE, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const HOUR = 60 * MINUTE;

test.each([
  ['within a morning', TUESDAY_10, TUESDAY_10 + 7 * MINUTE, 7],
  ['over a night, which nobody works', TUESDAY_10 + 7 * HOUR, TUESDAY_10 + 24 * HOUR, 120],
  ['no time', TUESDAY_10, TUESDAY_10, 0],
  ['by a clock that is behind', TUESDAY_10, TUESDAY_10 - HOUR, 0],
  ['in years without a calendar', Date.UTC(1980, 0, 1), Date.UTC(1980, 0, 1) + 5 * MINUTE, 5],
])('a reply waits %s', (_, since, until, minutes) => {
  expect(waitedMinutes(since, until, calendar)).toBe(minutes);
});
