import { expect, test } from 'vitest';
import { instantAtLocal } from '#shared/domain/time-zone.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import { readTopic, topicFieldsOf } from '#renderer/screens/topics/topic-draft.ts';
import { takenBack } from '#renderer/screens/topics/use-save-topics.ts';

const ZONE = 'Asia/Vladivostok';
const FIRST = instantAtLocal(ZONE, 20_820, 0);
const NOW = FIRST + 12_345;
const SEEN: Topic = {
  id: 'dictionary-2024/Дороги/Ямы',
  name: 'Ямы',
  group: 'Дороги',
  fastTrack: true,
  severity: 4,
  seenInImport: true,
  validFrom: FIRST + 7,
  validTo: null,
};
const basis = { seen: SEEN, zone: ZONE, taken: new Set<string>() };
const read = (change: object, seen: Topic | null = SEEN) =>
  readTopic({ ...topicFieldsOf(seen, ZONE, NOW), ...change }, { ...basis, seen });

test('what is not touched stays, to the minute; whoever saves one of a file has confirmed it', () => {
  expect(read({}).value).toEqual({ ...SEEN, verified: true });
  const own = { ...SEEN, verified: true, validTo: FIRST + 9, successors: [] };
  expect(read({}, own).value).toEqual(own);
});

test('a topic that ends says what it became, nothing at all, or not a word', () => {
  const ending = { lastDay: '2027-01-31' };
  expect(read({ ...ending, successors: ['Ухабы'] }).value).toMatchObject({ successors: ['Ухабы'] });
  expect(read({ ...ending, endsForGood: true }).value).toMatchObject({ successors: [] });
  expect(read(ending).value).not.toHaveProperty('successors');
  expect(read({ successors: ['Ухабы'] }).value).not.toHaveProperty('successors');
});

test('a new one has an id of its names, and wrong fields are named', () => {
  const typed = { name: ' Ямы ', group: 'Дороги', shortName: 'Ямы', severity: '3' };
  const fresh = read(typed, null).value;
  expect(fresh).toMatchObject({
    name: 'Ямы',
    shortName: 'Ямы',
    severity: 3,
    validFrom: FIRST,
    validTo: null,
  });
  expect(read(typed, null).value?.id).toBe(fresh?.id);
  const again = readTopic(
    { ...topicFieldsOf(null, ZONE, NOW), ...typed },
    { seen: null, zone: ZONE, taken: new Set([fresh?.id ?? '']) },
  );
  expect(again.value?.id).not.toBe(fresh?.id);
  expect(read({ name: ' ', group: '' }).wrong).toEqual(['name', 'group']);
  expect(read({ lastDay: 'когда-нибудь' }).wrong).toEqual(['lastDay']);
});

test('changes are taken back: what was there is as it was, what was new was never in force', () => {
  const fresh: Topic = { ...SEEN, id: 'new', validFrom: FIRST };
  const ended: Topic = { ...SEEN, validTo: FIRST };
  expect(
    takenBack(
      [
        { row: ended, before: SEEN },
        { row: fresh, before: null },
      ],
      FIRST + 1,
    ),
  ).toEqual([
    { row: SEEN, before: ended },
    { row: { ...fresh, validTo: FIRST }, before: fresh },
  ]);
});
