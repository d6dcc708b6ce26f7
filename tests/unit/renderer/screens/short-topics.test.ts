import { expect, it } from 'vitest';
import { shortTopics } from '#renderer/screens/queue/short-topics.ts';

const LONG = 'Неудовлетворительное состояние ';
const topics = [
  { group: 'Дороги', name: `${LONG}проезжей части`, shortName: 'Проезжая часть' },
  { group: 'Дороги', name: `${LONG}тротуаров`, shortName: 'Тротуары' },
  { group: 'Дворы', name: `${LONG}тротуаров`, shortName: 'Дорожки во дворе' },
  { group: 'Дворы', name: 'Другое' },
];
const shortOf = shortTopics(topics);

it('tells apart in 20 letters topics whose names begin alike', () => {
  const roads = topics.filter(({ group }) => group === 'Дороги');
  const begins = new Set(roads.map(({ name }) => name.slice(0, 20)));
  expect(begins.size).toBe(1);
  const shown = roads.map(({ group, name }) => shortOf({ group, topic: name }));
  expect(shown).toEqual(['Проезжая часть', 'Тротуары']);
});

it('gives the name of the row’s own group, and none that the dictionary does not have', () => {
  expect(shortOf({ group: 'Дворы', topic: `${LONG}тротуаров` })).toBe('Дорожки во дворе');
  expect(shortOf({ group: 'Дворы', topic: 'Другое' })).toBeNull();
  expect(shortOf({ group: 'ЖКХ', topic: `${LONG}тротуаров` })).toBeNull();
  expect(shortOf({ group: 'Дворы","', topic: 'тротуаров' })).toBeNull();
});
