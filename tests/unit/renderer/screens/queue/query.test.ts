import { expect, test } from 'vitest';
import type { Municipality } from '#shared/domain/directory.ts';
import {
  isFiltered,
  UNPLACED,
  openingPlaces,
  queueAddress,
  readQuery,
} from '#renderer/screens/queue/query.ts';

const roundTrip = (address: string) => {
  const [path = '', search = ''] = address.split('?');
  return readQuery(path.split('/')[2], search);
};

test('an address says every condition and is read back the same', () => {
  const query = {
    lane: 'closed' as const,
    municipalities: ['Биробиджан г.о.', 'ЕАО, другое'],
    groups: ['ЖКХ'],
    topics: ['Мусор/Свалки & прочее'],
    agencies: ['dep-zhkh'],
    networks: ['vk', 'ok'],
    text: 'снег + лёд',
    from: 1_640_995_200_000,
    to: 1_643_673_600_000,
    sort: 'created' as const,
  };
  expect(roundTrip(queueAddress(query))).toEqual(query);
});

test('an unknown lane, order or date falls back to the usual one', () => {
  const query = readQuery('nowhere', 'sort=sideways&from=yesterday&to=1e9');
  expect(query).toMatchObject({ lane: 'new', sort: 'due', from: null, to: null });
  expect(isFiltered(query)).toBe(false);
});

test('closed ones come newest first, and that needs no words in the address', () => {
  expect(readQuery('closed', '').sort).toBe('newest');
  expect(queueAddress({ ...readQuery('closed', '') })).toBe('/queue/closed');
});

const PLACES = [
  { id: 'city', name: 'Город Биробиджан' },
  { id: 'lenin', name: 'Ленинский район' },
] as unknown as readonly Municipality[];

test.each([
  ['nothing set', null, [], []],
  ['nothing set, though a choice is kept', ['Город Биробиджан'], [], []],
  ['set, never chosen', null, ['city'], ['Город Биробиджан', UNPLACED]],
  ['set, taken off by the person', [], ['city'], []],
  ['set, another chosen', ['Ленинский район'], ['city'], ['Ленинский район']],
  ['set, and gone since', null, ['gone'], []],
])('a queue without conditions opens: %s', (_, chosen, own, places) => {
  expect(openingPlaces(chosen, own, PLACES)).toEqual(places);
});

test('without a place is a condition that the address says', () => {
  const query = { ...readQuery('new', ''), municipalities: ['Город Биробиджан', UNPLACED] };
  expect(roundTrip(queueAddress(query))).toEqual(query);
  expect(isFiltered(roundTrip(queueAddress({ ...query, municipalities: [UNPLACED] })))).toBe(true);
});
