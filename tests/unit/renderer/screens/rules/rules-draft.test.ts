import { describe, expect, it, test } from 'vitest';
import { RATING_PRESETS, ratingRules } from '#shared/domain/rating-rules.ts';
import { regulationOf, type Regulation } from '#shared/domain/regulation.ts';
import {
  changedRules,
  ratingFieldsOf,
  readRules,
  rebasedRules,
  rulesFieldsOf,
} from '#renderer/screens/rules/rules-draft.ts';

const SEEN: Regulation = { ...regulationOf(undefined), deferDays: 10, copyDays: 20 };
const NOW: Regulation = { ...SEEN, approvalMinutes: 15, deferDays: 11, copyDays: 21, header: 'ЦУР' };
const [seen, now] = [rulesFieldsOf(SEEN), rulesFieldsOf(NOW)];

test('what was typed outlives another administrator’s save, and what was not touched follows it', () => {
  expect(rebasedRules({ ...seen, deferDays: '1' }, SEEN, NOW)).toEqual({ ...now, deferDays: '1' });
  expect(rebasedRules(seen, SEEN, NOW)).toEqual(now);
  expect(rebasedRules({ ...seen, copyDays: '' }, SEEN, SEEN)).toEqual({ ...seen, copyDays: '' });
});

test('the rules that changed are named', () => {
  expect(changedRules(SEEN, NOW)).toEqual(['header', 'approvalMinutes', 'deferDays', 'copyDays']);
  expect(changedRules(SEEN, SEEN)).toEqual([]);
});

describe('a form', () => {
  it('that nobody touched says what there is, to the last digit', () => {
    const own = { minimum: 3, rules: [{ measure: 'inTime' as const, max: 100, full: 0.98765, none: 0.5 }] };
    const signatory = { post: 'Руководитель', name: 'И. И. Иванов' };
    const arms = { type: 'image/png' as const, width: 1, height: 1, data: 'AAAA' };
    for (const regulation of [SEEN, NOW, { ...NOW, rating: own, signatory, arms }])
      expect(readRules(rulesFieldsOf(regulation), regulation).value).toEqual(regulation);
  });

  it('says a rating in shares of one, without the measures that have no points', () => {
    const rating = ratingFieldsOf(RATING_PRESETS.order);
    const typed = { ...seen, rating: { ...rating, inTime: { max: 50, full: 95, none: 60 } } };
    expect(readRules(typed, SEEN).value?.rating).toEqual({
      minimum: ratingRules.minimum,
      rules: [
        { measure: 'inTime', max: 50, full: 0.95, none: 0.6 },
        { measure: 'promises', max: 20, full: 1, none: 0.5 },
        { measure: 'repeats', max: 30, full: 0, none: 0.2 },
      ],
    });
  });

  it('takes away what was emptied', () => {
    const cleared = {
      ...rulesFieldsOf({ ...NOW, signatory: { post: 'П', name: 'И' } }),
      header: ' ',
      post: '',
      signer: ' ',
    };
    expect(readRules(cleared, NOW).value).toEqual({
      ...SEEN,
      approvalMinutes: 15,
      deferDays: 11,
      copyDays: 21,
    });
  });

  test.each([
    ['a post without a name', { post: 'Руководитель' }, ['signer']],
    ['a name without a post', { signer: 'Иванов' }, ['post']],
    ['a long header', { header: 'я'.repeat(301) }, ['header']],
    ['minutes of no use', { approvalMinutes: 0 }, ['approvalMinutes']],
    ['more minutes than a day of work has', { approvalMinutes: 601 }, ['approvalMinutes']],
    ['minutes that end a claim at once', { claimMinutes: 4 }, ['claimMinutes']],
    ['a silence of longer than ninety days', { silentHours: 2161 }, ['silentHours']],
    ['days of no use', { deferDays: '', copyDays: 366 }, ['deferDays', 'copyDays']],
    [
      'a measure without a border',
      { rating: { ...seen.rating, speed: { max: 30, full: '', none: 1 } } },
      ['rating.speed'],
    ],
    ['no least number', { minimum: '' }, ['minimum']],
  ])('is told of %s', (_name, typed, wrong) => {
    expect(readRules({ ...seen, ...typed }, SEEN)).toMatchObject({ value: null, wrong });
  });
});
