import { describe, expect, it } from 'vitest';
import { formatClock, formatDuration } from '#shared/text/duration.ts';
import { russianForm, RUSSIAN_NOUNS } from '#shared/text/plural.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

describe('formatDuration', () => {
  it.each([
    [166, 'ru', {}, '2 ч 46 мин'],
    [166, 'en', {}, '2 h 46 min'],
    [46, 'ru', {}, '46 мин'],
    [120, 'ru', {}, '2 ч'],
    [0, 'ru', {}, '0 мин'],
    [59.6, 'ru', {}, '1 ч'],
    [-70, 'ru', {}, '\u22121 ч 10 мин'],
    [-0.2, 'ru', {}, '0 мин'],
    [4560, 'ru', { days: true }, '3 д 4 ч'],
    [4560, 'ru', {}, '76 ч'],
  ] as const)('%d in %s with %j is %s', (minutes, language, options, text) => {
    expect(plain(formatDuration(minutes, language, options))).toBe(text);
  });

  it('does not let a line break between a number and its unit', () => {
    expect(formatDuration(166, 'ru')).toBe('2\u00A0ч\u00A046\u00A0мин');
  });
});

describe('formatClock', () => {
  it.each([
    [42, '0:42'],
    [785.9, '13:05'],
    [-70, '\u22121:10'],
    [-0.5, '0:00'],
  ])('%d is %s', (minutes, text) => {
    expect(formatClock(minutes)).toBe(text);
  });
});

describe('plurals', () => {
  it.each([
    [1, 'час'],
    [2, 'часа'],
    [5, 'часов'],
    [11, 'часов'],
    [14, 'часов'],
    [21, 'час'],
    [112, 'часов'],
    [0, 'часов'],
    [2.5, 'часа'],
    [-1, 'час'],
  ])('%d %s', (count, form) => {
    expect(russianForm(count, RUSSIAN_NOUNS.hour)).toBe(form);
  });
});
