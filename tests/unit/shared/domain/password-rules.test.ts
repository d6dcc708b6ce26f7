import { expect, test } from 'vitest';
import {
  lengthTrouble,
  LONGEST_PASSWORD,
  normalPassword,
  SHORTEST_PASSWORD,
} from '#shared/domain/password-rules.ts';
import en from '#renderer/locales/en.json' with { type: 'json' };
import ru from '#renderer/locales/ru.json' with { type: 'json' };

test.each([
  ['четырнадцать.', 'short'],
  ['синий трактор', 'short'],
  ['синий трактор е', null],
  ['ё'.repeat(LONGEST_PASSWORD), null],
  ['ё'.repeat(LONGEST_PASSWORD + 1), 'long'],
  // One character each, whatever they take in bytes or in UTF-16.
  ['🚜'.repeat(SHORTEST_PASSWORD - 1), 'short'],
  ['🚜'.repeat(SHORTEST_PASSWORD), null],
])('%s → %s', (password, trouble) => expect(lengthTrouble(password)).toBe(trouble));

test('a letter typed in two pieces is the same letter', () => {
  expect(normalPassword('и\u0306')).toBe('й');
});

test.each([ru, en])('the person reads the very numbers', ({ session, error }) => {
  expect(session.own.rule).toContain(String(SHORTEST_PASSWORD));
  expect(error.password_short).toContain(String(SHORTEST_PASSWORD));
  expect(error.password_long).toContain(String(LONGEST_PASSWORD));
});
