import { describe, expect, it, test } from 'vitest';
import { isUnsorted, type Municipality } from '#shared/domain/directory.ts';
import { judgeMunicipality } from '#shared/domain/records/judge-municipality.ts';
import { RECORD_RULES } from '#shared/domain/records/record-rules.ts';
import type { MunicipalityUse } from '#shared/domain/records/place-surroundings.ts';

const NOW = Date.UTC(2026, 2, 1);
const LATER = Date.UTC(2026, 5, 1);

const place = (id: string, change: Partial<Municipality> = {}): Municipality => ({
  id,
  name: `Район ${id}`,
  shortName: id,
  kind: 'district',
  population: null,
  settlements: [],
  ...change,
});

const REGION = [
  place('north'),
  place('south', { name: 'Южный «район»', shortName: 'Южный' }),
  place('ended', { validTo: NOW - 1 }),
  place('ending', { validTo: LATER - 1 }),
  place('merged', { shortName: 'Слитый', validTo: NOW - 1, successor: 'north' }),
];

const judged = (
  after: Municipality,
  { before = null, use = null }: { before?: Municipality | null; use?: MunicipalityUse | null } = {},
) =>
  judgeMunicipality(after, before, {
    at: NOW,
    agencies: new Map(),
    works: null,
    places: {
      municipalities: new Map(REGION.map((one) => [one.id, one])),
      uses: use === null ? null : new Map([[after.id, use]]),
    },
  });

const village = (kind: string, name: string) => ({ kind, name });

describe('a municipality is refused', () => {
  const fresh = place('new');
  test.each([
    ['a name another has', { name: 'южный район' }, { kind: 'place_taken', municipality: 'south' }],
    ['a name of Latin twins', { name: 'Южный pайoн' }, { kind: 'place_taken', municipality: 'south' }],
    [
      'the name of one that was merged',
      { name: 'Район merged' },
      { kind: 'place_taken', municipality: 'merged' },
    ],
    [
      'a short name another has',
      { shortName: 'южный' },
      { kind: 'short_place_taken', municipality: 'south' },
    ],
    ['a long short name', { shortName: 'я'.repeat(21) }, { kind: 'short_name_long', limit: 20 }],
    [
      'a settlement written twice',
      { settlements: [village('с', 'Озёрное'), village('ст', 'Озёрное'), village('с.', 'озерное')] },
      { kind: 'settlement_twice', settlement: 'с. озерное' },
    ],
    ['an end before the beginning', { validFrom: LATER, validTo: NOW }, { kind: 'ends_before_beginning' }],
    ['an end at the beginning', { validFrom: NOW, validTo: NOW }, { kind: 'ends_before_beginning' }],
    ['a successor while it goes on', { successor: 'north' }, { kind: 'successor_of_open' }],
    [
      'an unknown successor',
      { validTo: LATER, successor: 'nowhere' },
      { kind: 'unknown_municipality', municipality: 'nowhere' },
    ],
    [
      'a successor that has ended',
      { validTo: LATER, successor: 'ended' },
      { kind: 'place_closed', municipality: 'ended' },
    ],
    [
      'a successor that will have ended by then',
      { validTo: LATER, successor: 'ending' },
      { kind: 'place_closed', municipality: 'ending' },
    ],
    [
      'itself as a successor',
      { validTo: LATER, successor: 'new' },
      { kind: 'places_in_ring', municipality: 'new' },
    ],
  ])('with %s', (_name, change, refusal) => {
    expect(judged({ ...fresh, ...change })).toEqual(refusal);
  });

  it('when its successor was merged into it', () => {
    const before = place('north');
    expect(judged({ ...before, validTo: LATER, successor: 'merged' }, { before })).toEqual({
      kind: 'places_in_ring',
      municipality: 'merged',
    });
  });

  it('when it is called otherwise, or ends, while messages and routes know it', () => {
    const before = place('north');
    const use = { incidents: 12, routes: 3 };
    const renamed = { ...before, name: 'Северный округ' };
    expect(judged(renamed, { before, use })).toEqual({ kind: 'place_in_use', ...use });
    expect(judged(renamed, { before, use: { incidents: 0, routes: 0 } })).toBeNull();
    const ends = { ...before, validTo: LATER };
    expect(judged(ends, { before, use })).toEqual({ kind: 'place_needs_successor', ...use });
    expect(judged(ends, { before })).toBeNull();
    expect(judged({ ...ends, successor: 'south' }, { before, use })).toBeNull();
  });
});

describe('a municipality is taken', () => {
  it('new, and with the short name of one that was merged', () => {
    expect(judged(place('new'))).toBeNull();
    expect(judged(place('new', { shortName: 'Слитый' }))).toBeNull();
  });

  it('with a name of old that breaks the rules, while something else is changed', () => {
    const before = place('north', {
      name: 'Южный район',
      settlements: [village('с', 'А'), village('с', 'а')],
    });
    const population = { count: 10_600, year: 2021, verified: true };
    expect(judged({ ...before, population }, { before, use: { incidents: 5, routes: 0 } })).toBeNull();
  });
});

test.each([
  [{ count: 1, year: 1900, verified: true }, true],
  [{ count: 1, year: 1899, verified: true }, false],
  [{ count: 1, year: 2100, verified: true }, false],
  [null, true],
])('a population of %j has a sensible year: %s', (population, isSensible) => {
  expect(RECORD_RULES.municipality.hasSensibleDays(place('new', { population }))).toBe(isSensible);
});

it('waits to be sorted when an import made it, until it is confirmed or merged', () => {
  const seen = place('seen', { seenInImport: true });
  expect(isUnsorted(seen)).toBe(true);
  expect(isUnsorted({ ...seen, verified: true })).toBe(false);
  expect(isUnsorted({ ...seen, validTo: NOW, successor: 'north' })).toBe(false);
  expect(isUnsorted(place('north'))).toBe(false);
});
