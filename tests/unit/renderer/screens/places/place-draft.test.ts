import { describe, expect, it, test } from 'vitest';
import type { Municipality } from '#shared/domain/directory.ts';
import { placeFieldsOf, readPlace, type PlaceFields } from '#renderer/screens/places/place-draft.ts';

const ZONE = 'Asia/Vladivostok';
/** The local midnight that begins 1 March 2026 in Vladivostok. */
const MARCH = Date.UTC(2026, 1, 28, 14);
const SEEN: Municipality = {
  id: 'north',
  name: 'Северный район',
  shortName: 'Северный',
  kind: 'district',
  population: { count: 10_600, year: 2021, verified: false },
  settlements: [{ kind: 'с', name: 'Бабстово', streets: ['Ленина', 'Мира'] }],
  validTo: MARCH,
  successor: 'south',
};

const read = (change: Partial<PlaceFields>, seen: Municipality | null = SEEN) =>
  readPlace({ ...placeFieldsOf(seen, ZONE), ...change }, { seen, zone: ZONE, taken: new Set() });

it('a form that nobody touched is the municipality it was opened with', () => {
  expect(read({})).toEqual({ value: SEEN, wrong: [], empty: [] });
  expect(placeFieldsOf(SEEN, ZONE)).toMatchObject({ firstDay: '', lastDay: '2026-02-28' });
});

it('a new one gets its id of the short name, and needs nothing else', () => {
  const { value } = read({ name: ' Новый округ ', shortName: 'Новый' }, null);
  expect(value).toEqual({
    id: 'novyy',
    name: 'Новый округ',
    shortName: 'Новый',
    kind: 'district',
    population: null,
    settlements: [],
  });
});

test.each([
  [{ count: 11_000 }, { count: 11_000, year: 2021, verified: true }],
  [{ year: 2025 }, { count: 10_600, year: 2025, verified: true }],
  [{ count: '', year: '' }, null],
])('residents typed as %j are read', (change, population) => {
  expect(read(change).value?.population).toEqual(population);
});

describe('what breaks the rules is named by its field', () => {
  test.each([
    [{ name: ' ' }, ['name']],
    [{ shortName: '' }, ['shortName']],
    [{ year: '' }, ['year']],
    [{ count: '' }, ['count']],
    [{ count: 0 }, ['count']],
    [{ settlements: [{ kind: 'с', name: ' ', streets: '' }] }, ['settlements']],
    [{ firstDay: '2026-02-30' }, ['firstDay']],
    [{ lastDay: 'скоро' }, ['lastDay']],
  ])('%j', (change, wrong) => {
    expect(read(change)).toMatchObject({ value: null, wrong });
  });
});

it('streets are a line each, once, and an end that is taken away takes the successor along', () => {
  const settlements = [{ kind: ' пгт ', name: ' Бира ', streets: 'Мира\n\n Мира \nСадовая' }];
  const { value } = read({ settlements, lastDay: '' });
  expect(value?.settlements).toEqual([{ kind: 'пгт', name: 'Бира', streets: ['Мира', 'Садовая'] }]);
  expect(value).not.toHaveProperty('validTo');
  expect(value).not.toHaveProperty('successor');
});

it('whoever saves the form of one that came with an import has sorted it', () => {
  const { validTo: _to, successor: _successor, ...open } = SEEN;
  expect(read({}, { ...open, seenInImport: true }).value).toMatchObject({ verified: true });
  expect(read({}, { ...SEEN, seenInImport: true }).value).not.toHaveProperty('verified');
});
