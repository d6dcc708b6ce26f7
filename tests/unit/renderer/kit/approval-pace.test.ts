import { expect, test } from 'vitest';
import { keepWaited, paceToday } from '#renderer/kit/preferences/approval-pace.ts';
import { whenIn } from '#renderer/kit/words/when.ts';
import { MINUTE, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';
import { storageOf } from '#tests/helpers/memory-storage.ts';

const when = whenIn('Asia/Vladivostok', 'ru');
const DAY = 24 * 60 * MINUTE;

test('the pace of a day is the median of its decisions, and each person has their own', () => {
  const storage = storageOf({});
  expect(paceToday('eao.anna', TUESDAY_10, when, storage)).toEqual({ count: 0, median: null });
  for (const waited of [2, 30, 5]) keepWaited('eao.anna', waited, TUESDAY_10, when, storage);
  expect(paceToday('eao.anna', TUESDAY_10 + MINUTE, when, storage)).toEqual({ count: 3, median: 5 });
  expect(paceToday('eao.vera', TUESDAY_10, when, storage)).toEqual({ count: 0, median: null });
});

test('a new day begins anew', () => {
  const storage = storageOf({});
  keepWaited('eao.anna', 30, TUESDAY_10, when, storage);
  expect(paceToday('eao.anna', TUESDAY_10 + DAY, when, storage)).toEqual({ count: 0, median: null });
  keepWaited('eao.anna', 4, TUESDAY_10 + DAY, when, storage);
  expect(paceToday('eao.anna', TUESDAY_10 + DAY, when, storage)).toEqual({ count: 1, median: 4 });
});

test.each(['', 'null', '{"since":1}', '{"since":1e99,"waited":[1]}', '{"since":0,"waited":[-1]}', '['])(
  'what is kept and is no pace counts as none: %s',
  (kept) => {
    const storage = storageOf({});
    keepWaited('eao.anna', 4, TUESDAY_10, when, storage);
    const [key = ''] = Object.keys(storage.all());
    storage.setItem(key, kept);
    expect(paceToday('eao.anna', TUESDAY_10, when, storage)).toEqual({ count: 0, median: null });
  },
);
