import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { findDuplicates, type DuplicateSubject } from '#shared/domain/duplicate.ts';
import { shinglesOf, similarity } from '#shared/text/shingles.ts';

const SNOW =
  'Который год не чистят перекрёсток Пионерской и Советской, автобус не может проехать, ' +
  'люди падают на остановке';
const DAY = 86_400_000;

function subject(id: string, text: string, more: Partial<DuplicateSubject> = {}): DuplicateSubject {
  const base = { author: '', createdAt: 100 * DAY, topic: null, municipality: 'Биробиджан г.о.' };
  return { id, ...base, shingles: shinglesOf(text), ...more };
}

describe('findDuplicates', () => {
  const fresh = subject('asked', SNOW, { author: 'vk.com/id1', topic: 'Снег' });

  it.each<[string, DuplicateSubject, string | undefined]>([
    ['a repost with a greeting', subject('x', `Здравствуйте! ${SNOW}<br>https://vk.ru/photo1`), 'same_text'],
    ['a copy from another town', subject('x', SNOW, { municipality: 'Ленинский район' }), 'same_text'],
    [
      'half of the same words',
      subject('x', 'Не чистят перекрёсток Пионерской и Советской, автобус не может проехать уже неделю'),
      'similar_text',
    ],
    [
      'the same author on another matter',
      subject('x', 'Где вакцина от гриппа?', { author: 'vk.com/id1' }),
      'same_author',
    ],
    ['another matter', subject('x', 'Где вакцина от гриппа?'), undefined],
    ['two unknown authors', subject('x', 'Собаки у школы', { author: '' }), undefined],
    ['the same text a month later', subject('x', SNOW, { createdAt: 131 * DAY }), undefined],
  ])('sees %s', (_name, other, kind) => {
    expect(findDuplicates(fresh, [fresh, other])[0]?.reason.kind).toBe(kind);
  });

  it('puts the surest first and gives no more than asked', () => {
    const others = [
      subject('author', 'Где вакцина?', { author: 'vk.com/id1' }),
      subject('later', SNOW, { createdAt: 101 * DAY }),
      subject('earlier', SNOW, { createdAt: 99 * DAY }),
      subject('own', SNOW, { author: 'vk.com/id1' }),
    ];
    expect(findDuplicates(fresh, others).map((candidate) => candidate.id)).toEqual([
      'own',
      'earlier',
      'later',
      'author',
    ]);
    expect(findDuplicates(fresh, others.toReversed(), 2).map((candidate) => candidate.id)).toEqual([
      'own',
      'earlier',
    ]);
  });

  it('does not take short or empty messages for copies of each other', () => {
    expect(findDuplicates(subject('a', ''), [subject('b', '')])).toEqual([]);
    expect(findDuplicates(subject('a', 'Нет воды'), [subject('b', 'Нет света')])).toEqual([]);
  });
});

describe('similarity', () => {
  const text = fc
    .array(fc.constantFrom('снег', 'дорога', 'автобус', 'школа', 'собака', 'свет', 'вода'), { maxLength: 12 })
    .map((words) => words.join(' '));

  it('is symmetric, within 0 and 1, and 1 for equal texts', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [left, right] = [shinglesOf(a), shinglesOf(b)];
        const value = similarity(left, right);
        expect(value).toBe(similarity(right, left));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(similarity(left, left)).toBe(left.length === 0 ? 0 : 1);
      }),
    );
  });
});
