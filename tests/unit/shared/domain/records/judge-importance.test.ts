import { describe, expect, it, test } from 'vitest';
import type { ImportanceRule } from '#shared/domain/importance-rule.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { judgeImportance } from '#shared/domain/records/judge-importance.ts';

const NOW = Date.UTC(2026, 2, 10);
const DAY = 86_400_000;
const FRESH: ImportanceRule = {
  id: 'avarii',
  name: 'Аварии',
  importance: 'high',
  words: ['пожар'],
  group: null,
  topic: null,
  count: null,
  validFrom: NOW,
  validTo: null,
};
const deadlines = { policies: [], topics: [{ name: 'Отопление', group: 'ЖКХ' }] };
const judged = (after: ImportanceRule, before: ImportanceRule | null = null) =>
  judgeImportance(after, before, { at: NOW, deadlines });

describe('a rule of importance is refused', () => {
  test.each<[string, ImportanceRule, Refusal]>([
    ['without a condition', { ...FRESH, words: [] }, { kind: 'rule_without_condition' }],
    [
      'with a line of signs',
      { ...FRESH, words: ['пожар', '!!!'] },
      { kind: 'word_of_no_letters', word: '!!!' },
    ],
    ['that begins in the past', { ...FRESH, validFrom: NOW - 8 * DAY }, { kind: 'rule_from_the_past' }],
    ['that ends before it begins', { ...FRESH, validTo: NOW }, { kind: 'ends_before_beginning' }],
    [
      'of an unknown topic',
      { ...FRESH, topic: 'Вода', group: null },
      { kind: 'unknown_topic', topic: 'Вода' },
    ],
    ['of an unknown group', { ...FRESH, group: 'Дороги' }, { kind: 'unknown_group', group: 'Дороги' }],
    [
      'of a topic of another group',
      { ...FRESH, topic: 'Отопление', group: 'Дороги' },
      { kind: 'unknown_group', group: 'Дороги' },
    ],
  ])('%s', (_name, after, refusal) => {
    expect(judged(after)).toEqual(refusal);
  });
});

it('may begin today, later, and stay as it is with a beginning long past', () => {
  expect(judged(FRESH)).toBeNull();
  expect(judged({ ...FRESH, validFrom: NOW + 30 * DAY })).toBeNull();
  const old = { ...FRESH, validFrom: NOW - 300 * DAY, topic: 'Бывшая' };
  expect(judged({ ...old, words: ['пожар', 'газ'] }, old)).toBeNull();
});
