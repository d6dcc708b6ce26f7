import { expect, test } from 'vitest';
import { wordList } from '#shared/text/identifiers/word-list.ts';

const list = wordList('дом доми* стол* сто');

test.each([
  ['дом', true],
  ['дома', false],
  ['доми', true],
  ['домик', true],
  ['сто', true],
  ['стол', true],
  ['столовая', true],
  ['стог', false],
  ['с', false],
  ['о', false],
  ['', false],
])('a word is in a list whole, or by a beginning: %s', (word, isIn) => {
  expect(list.test(word)).toBe(isIn);
});

test('an empty list has no word', () => {
  expect(wordList('').test('дом')).toBe(false);
  expect(wordList('дом').test('дома')).toBe(false);
});
