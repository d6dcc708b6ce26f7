import { expect, test } from 'vitest';
import type { TopicRow } from '#renderer/kit/context/reference.ts';
import { actAddress } from '#renderer/screens/not-accepted/act-address.ts';
import { isAddressOf, topicAddress } from '#renderer/screens/topics/topic-address.ts';
import { comingVersions, topicGroups, topicPartOf } from '#renderer/screens/topics/topic-lines.ts';

const NOW = Date.UTC(2026, 10, 29);
const DAY = Date.UTC(2027, 0, 1);

const topic = (name: string, change: Partial<TopicRow> = {}): TopicRow => ({
  id: name,
  name,
  group: 'Дороги',
  fastTrack: false,
  severity: null,
  validFrom: null,
  validTo: null,
  ...change,
});

test.each([
  ['in force', {}, 'open'],
  ['in force until a day', { validTo: DAY }, 'open'],
  ['in force from a day', { validFrom: DAY }, 'coming'],
  ['over', { validTo: NOW }, 'closed'],
  ['of a file', { seenInImport: true }, 'unsorted'],
  ['of a file and confirmed', { seenInImport: true, verified: true }, 'open'],
  ['taken back before its day', { validFrom: DAY, validTo: DAY }, 'closed'],
  ['of a file and joined', { seenInImport: true, validTo: NOW, successors: ['Ямы'] }, 'closed'],
])('a topic that is %s stands on its shelf', (_, change, shelf) => {
  expect(topicPartOf(topic('Ямы', change), NOW)).toBe(shelf);
});

test('topics are found by words of any of their names, whatever letters they are typed in', () => {
  const topics = [
    topic('Ямы во дворах', { group: 'Дворы' }),
    topic('Знаки'),
    topic('Ухабы', { successors: ['Ямы на дорогах'] }),
  ];
  const found = (query: string) =>
    topicGroups(topics, query).map(({ group, topics: own }) => [group, ...own.map(({ name }) => name)]);
  expect(found('')).toEqual([
    ['Дворы', 'Ямы во дворах'],
    ['Дороги', 'Знаки', 'Ухабы'],
  ]);
  expect(found('ямы дoр')).toEqual([['Дороги', 'Ухабы']]);
  expect(found('канализация')).toEqual([]);
});

test('the days to come are told with what begins and ends on them', () => {
  const topics = [
    topic('Прежняя', { validTo: NOW }),
    topic('Ямы', { validTo: DAY }),
    topic('Ямы на дорогах', { validFrom: DAY, validTo: DAY + 1 }),
    topic('Не начавшаяся', { validFrom: DAY, validTo: DAY }),
  ];
  expect(comingVersions(topics, NOW)).toEqual([
    { at: DAY, begins: 1, ends: 1 },
    { at: DAY + 1, begins: 0, ends: 1 },
  ]);
});

test.each(['dictionary-2024/Дороги/Ямы на дорогах', 'import/50 % / скидка #1?/Цены & тарифы', 'a-b-c'])(
  'the address of %s leads back to it as a browser gives it',
  (id) => {
    const path = topicAddress(id);
    const given = decodeURI(path).slice('/topics/'.length);
    expect(isAddressOf(id, given)).toBe(true);
    expect(isAddressOf(`${id}!`, given)).toBe(false);
    expect(actAddress({ args: { kind: 'topic' }, incident: id })).toBe(path);
  },
);
