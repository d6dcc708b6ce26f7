import { expect, test } from 'vitest';
import { isQuiet } from '#shared/domain/quiet-hours.ts';

const NIGHT = { from: '20:00', to: '08:00' };

test.each([
  ['19:59', false],
  ['20:00', true],
  ['00:30', true],
  ['07:59', true],
  ['08:00', false],
])('at %s a night over midnight is quiet: %s', (time, expected) => {
  expect(isQuiet(time, NIGHT)).toBe(expected);
});

test('hours within a day do not go over midnight', () => {
  expect(isQuiet('13:30', { from: '13:00', to: '14:00' })).toBe(true);
  expect(isQuiet('23:00', { from: '13:00', to: '14:00' })).toBe(false);
});
