import { describe, expect, test } from 'vitest';
import { findPromises } from '#shared/domain/promise.ts';
import { must } from '#shared/domain/must.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { readReference } from '#renderer/kit/context/reference.ts';
import { promiseWords } from '#renderer/kit/words/use-promise-words.ts';
import { whenIn } from '#renderer/kit/words/when.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';
import { demoReference } from '#tests/fixtures/demo-rows.ts';

const ZONE = 'Asia/Vladivostok';
const reference = readReference(demoReference(), ZONE);
/** A Tuesday. */
const NOW = '2026-07-07 12:00';
const momentOf = (text: string): number => must(parseLocalTimestamp(ZONE, text), text);

const said = (due: string, precision: 'hour' | 'day' | 'period' | undefined, language: 'ru' | 'en' = 'ru') =>
  promiseWords(
    { due: momentOf(due), precision },
    momentOf(NOW),
    reference,
    whenIn(ZONE, language),
    wordsOf(language),
  );

test.each([
  ['2026-07-07 18:00', 'hour', 'сегодня до 18:00', 'today by 18:00'],
  ['2026-07-08 14:00', 'hour', 'завтра до 14:00', 'tomorrow by 14:00'],
  ['2026-07-15 09:30', 'hour', '15 июля до 09:30', '15 July by 09:30'],
  ['2026-07-06 17:30', 'day', 'вчера', 'yesterday'],
  ['2026-07-10 17:30', 'day', 'до 10 июля', 'by 10 July'],
  ['2027-02-10 17:30', 'day', 'до 10 февраля 2027', 'by 10 February 2027'],
  ['2026-07-10 17:30', 'period', 'до конца недели', 'by the end of the week'],
  ['2026-07-17 17:30', 'period', 'до 17 июля', 'by 17 July'],
  ['2026-07-31 17:30', 'period', 'до конца июля', 'by the end of July'],
  ['2027-05-31 23:59', 'period', 'до конца мая 2027', 'by the end of May 2027'],
  ['2026-12-31 23:59', 'period', 'до конца года', 'by the end of the year'],
  ['2027-12-31 23:59', 'period', 'до конца 2027 года', 'by the end of 2027'],
] as const)('%s by the %s is «%s»', (due, precision, russian, english) => {
  expect(said(due, precision)).toBe(russian);
  expect(said(due, precision, 'en')).toBe(english);
});

describe('a promise of an earlier release, which has no precision', () => {
  test('is of the day where that day runs out', () => {
    expect(said('2026-07-10 17:30', undefined)).toBe('до 10 июля');
    expect(said('2026-07-11 23:59', undefined)).toBe('до 11 июля');
  });

  test('is of the hour elsewhere, and in years that no calendar covers', () => {
    expect(said('2026-07-10 14:00', undefined)).toBe('10 июля до 14:00');
    expect(said('2099-07-10 17:30', undefined)).toBe('10 июля 2099 до 17:30');
  });
});

test('what is written is read and said again', () => {
  const at = momentOf(NOW);
  const told = findPromises(
    'Бригада выйдет сегодня к 18:00, яму засыплем до конца недели.',
    at,
    reference.calendar,
  );
  expect(
    told.map((promise) => promiseWords(promise, at, reference, whenIn(ZONE, 'ru'), wordsOf('ru'))),
  ).toEqual(['сегодня до 18:00', 'до конца недели']);
});
