import { expect, test } from 'vitest';
import { noticesOf } from '#renderer/kit/notices/notices.ts';

const NONE = { burning: 0, refused: 0, promised: 0, new: 0 };

test('everything that has become more is told, the most pressing first', () => {
  const after = { burning: 2, refused: 1, promised: 1, new: 5 };
  expect(noticesOf({ ...NONE, new: 4 }, after).map(({ kind, count, path }) => [kind, count, path])).toEqual([
    ['burning', 2, '/queue/burning'],
    ['refused', 1, '/not-accepted'],
    ['promised', 1, '/queue/promised'],
    ['new', 5, '/queue/new'],
  ]);
});

test('what has become fewer, or stayed, is no news', () => {
  expect(noticesOf({ ...NONE, burning: 3, new: 1 }, { ...NONE, burning: 2, new: 1 })).toEqual([]);
});
