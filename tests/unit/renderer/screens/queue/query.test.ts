import { expect, test } from 'vitest';
import { isFiltered, queueAddress, readQuery } from '#renderer/screens/queue/query.ts';

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
