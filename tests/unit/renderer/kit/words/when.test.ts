import { expect, test } from 'vitest';
import { whenIn } from '#renderer/kit/words/when.ts';
import { TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const HOUR = 3_600_000;
const ru = whenIn('Asia/Vladivostok', 'ru');
const en = whenIn('Asia/Vladivostok', 'en');

test('moments are told in the region’s time, nearer ones in fewer words', () => {
  expect(ru.short(TUESDAY_10, TUESDAY_10)).toBe('10:00');
  expect(ru.short(TUESDAY_10 - 14 * HOUR, TUESDAY_10)).toBe('пн\u00A020:00');
  expect(ru.short(TUESDAY_10 - 20 * 24 * HOUR, TUESDAY_10)).toBe('29 дек 2021 10:00');
  expect(ru.day(TUESDAY_10)).toBe('вт, 18 янв');
  expect(en.day(TUESDAY_10)).toBe('Tue, 18 Jan');
  expect(ru.full(TUESDAY_10)).toBe('18.01.2022 10:00');
});

test('days are counted by the region’s midnight', () => {
  expect(ru.daysFromNow(TUESDAY_10 - 10 * HOUR, TUESDAY_10)).toBe(0);
  expect(ru.daysFromNow(TUESDAY_10 - 10 * HOUR - 1, TUESDAY_10)).toBe(-1);
});
