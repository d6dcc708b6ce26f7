import { expect, it } from 'vitest';
import { hasPhrase, phraseText } from '#shared/text/find-phrase.ts';

const TEXT = phraseText('Во дворе ЯМЫ и запах газа, который день! Газель работает. Газа нет.');

it.each([
  ['яма', true],
  ['запах газа', true],
  ['ямой и запах', true],
  ['газа запах', false],
  ['бот', false],
  ['газ нет', true],
  ['день газель', true],
  ['', false],
  ['!!!', false],
  ['газа, который', true],
])('«%s»: %s', (phrase, isFound) => {
  expect(hasPhrase(TEXT, phrase)).toBe(isFound);
});
