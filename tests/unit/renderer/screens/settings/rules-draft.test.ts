import { expect, test } from 'vitest';
import { regulationOf } from '#shared/domain/regulation.ts';
import { changedRules, rebasedRules } from '#renderer/screens/settings/rules-draft.ts';

const SEEN = { ...regulationOf(undefined), deferDays: 10, copyDays: 20 };
const NOW = { ...SEEN, deferDays: 11, copyDays: 21 };

test('what was typed outlives another administrator’s save, and what was not touched follows it', () => {
  expect(rebasedRules({ ...SEEN, deferDays: '1' }, SEEN, NOW)).toEqual({ ...NOW, deferDays: '1' });
  expect(rebasedRules({ ...SEEN }, SEEN, NOW)).toEqual(NOW);
  expect(rebasedRules({ ...SEEN, copyDays: '' }, SEEN, SEEN)).toEqual({ ...SEEN, copyDays: '' });
});

test('the rules that changed are named', () => {
  expect(changedRules(SEEN, NOW)).toEqual(['deferDays', 'copyDays']);
  expect(changedRules(SEEN, SEEN)).toEqual([]);
});
