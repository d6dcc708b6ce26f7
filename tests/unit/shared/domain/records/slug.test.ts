import { expect, test } from 'vitest';
import { slugOf } from '#shared/domain/records/slug.ts';

test.each([
  ['Депздрав', 'depzdrav'],
  ['  УК «Наш дом» № 2 ', 'uk-nash-dom-2'],
  ['Щёлково — ЖЭУ', 'shchelkovo-zheu'],
  ['«»', 'agency'],
])('the slug of %s', (name, slug) => {
  expect(slugOf(name, new Set())).toBe(slug);
  expect(slugOf(name, new Set([slug, `${slug}-2`]))).toBe(`${slug}-3`);
});

test('a slug stays short and readable whatever the name is', () => {
  const slug = slugOf('ж'.repeat(300), new Set());
  expect(slug.length).toBeLessThanOrEqual(40);
  expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
});
