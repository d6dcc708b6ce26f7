import { describe, expect, it, test } from 'vitest';
import type { Agency } from '#shared/domain/directory.ts';
import { judgeRoute } from '#shared/domain/records/judge-route.ts';
import { routeSurroundings } from '#shared/domain/records/route-surroundings.ts';
import { pairKey, routeIdOf, type RoutingRule } from '#shared/domain/routing.ts';

const NOW = Date.UTC(2026, 2, 1);
const BEFORE = Date.UTC(2026, 0, 1);
const LATER = Date.UTC(2026, 5, 1);
const CITY = 'Город Биробиджан';
const agency = (id: string, change: Partial<Agency> = {}): Agency => ({
  id,
  name: id,
  shortName: id,
  kind: 'regional',
  units: ['Отдел дорог'],
  verified: true,
  ...change,
});
const AGENCIES = new Map(
  [agency('roads'), agency('closed', { validTo: NOW - 1 }), agency('closing', { validTo: LATER })].map(
    (one) => [one.id, one],
  ),
);
const place = (name: string) => ({
  id: 'place',
  name,
  shortName: name,
  kind: 'city',
  population: null,
  settlements: [],
});
const TAKEN: RoutingRule = { id: 'taken', topic: 'Ямы', municipality: CITY, agency: 'roads' };
const PAST: RoutingRule = { id: 'past', group: 'Дороги', agency: 'roads', validTo: BEFORE };
const NAMES = {
  topic: [
    { name: 'Ямы', group: 'Дороги' },
    { name: 'Другое', group: 'Дороги' },
    { name: 'Другое', group: 'Школы' },
  ],
  municipality: [place(CITY)],
  route: [TAKEN, PAST],
};

const judged = (after: RoutingRule, before: RoutingRule | null = null) =>
  judgeRoute(after, before, {
    at: NOW,
    agencies: AGENCIES,
    works: null,
    routing: routeSurroundings((kind) => NAMES[kind]),
  });

const FRESH: RoutingRule = { id: 'new', topic: 'Ямы', agency: 'roads' };

describe('a route is refused', () => {
  test.each([
    ['from nowhere', { id: 'new', agency: 'roads' }, { kind: 'route_from_nowhere' }],
    ['from an unknown topic', { ...FRESH, topic: 'Яма' }, { kind: 'unknown_topic', topic: 'Яма' }],
    [
      'from an unknown group',
      { id: 'new', agency: 'roads', group: 'Дырги' },
      { kind: 'unknown_group', group: 'Дырги' },
    ],
    [
      'from a topic of another group',
      { ...FRESH, group: 'Школы' },
      { kind: 'topic_of_another_group', topic: 'Ямы', group: 'Школы' },
    ],
    ['from an unknown place', { ...FRESH, municipality: 'Город' }, { kind: 'unknown_place', place: 'Город' }],
    ['to an unknown agency', { ...FRESH, agency: 'nobody' }, { kind: 'unknown_agency', agency: 'nobody' }],
    ['to a closed agency', { ...FRESH, agency: 'closed' }, { kind: 'agency_closed', agency: 'closed' }],
    [
      'to an agency that is closed when it begins',
      { ...FRESH, agency: 'closing', validFrom: LATER },
      { kind: 'agency_closed', agency: 'closing' },
    ],
    [
      'to an unknown unit',
      { ...FRESH, unit: 'Отдел ям' },
      { kind: 'unknown_unit', agency: 'roads', unit: 'Отдел ям' },
    ],
    [
      'with an end before its beginning',
      { ...FRESH, validFrom: LATER, validTo: NOW },
      { kind: 'ends_before_beginning' },
    ],
    ['where there is one', { ...FRESH, municipality: CITY }, { kind: 'route_taken', agency: 'roads' }],
    [
      'where there is one for a part of the time',
      { ...FRESH, municipality: CITY, validFrom: LATER, validTo: LATER + 1 },
      { kind: 'route_taken', agency: 'roads' },
    ],
  ] as const)('%s', (_name, after, refusal) => {
    expect(judged(after)).toEqual(refusal);
  });

  it('when it changes what it leads from', () => {
    expect(judged({ ...TAKEN, topic: 'Другое' }, TAKEN)).toEqual({ kind: 'route_is_of_another_pair' });
  });
});

describe('a route is taken', () => {
  test.each<[string, RoutingRule]>([
    ['from a topic everywhere', FRESH],
    ['from a topic of one of its groups', { ...FRESH, topic: 'Другое', group: 'Школы' }],
    ['from a place', { id: 'new', municipality: CITY, agency: 'roads', unit: 'Отдел дорог' }],
    ['to an agency that closes later', { ...FRESH, agency: 'closing' }],
    ['of the past, to an agency of the past', { ...FRESH, agency: 'closed', validTo: BEFORE }],
    ['after one that was closed', { id: 'new', group: 'Дороги', agency: 'roads', validFrom: BEFORE }],
    ['taken back as it begins', { ...FRESH, municipality: CITY, validFrom: LATER, validTo: LATER }],
  ])('%s', (_name, after) => {
    expect(judged(after)).toBeNull();
  });

  it('when it closes, though its agency has closed before', () => {
    const before = { ...FRESH, agency: 'closed' };
    expect(judged({ ...before, validTo: NOW }, before)).toBeNull();
  });
});

it('has one id for all who write down the same, and another after it was closed', () => {
  const pair = { topic: 'Ямы', municipality: CITY };
  const first = routeIdOf(pair, new Set());
  expect(routeIdOf({ municipality: CITY, topic: 'Ямы' }, new Set())).toBe(first);
  expect(routeIdOf(pair, new Set([first]))).not.toBe(first);
  expect(routeIdOf({ ...pair, topic: 'Другое' }, new Set())).not.toBe(first);
  expect(pairKey({ topic: 'Ямы' })).not.toBe(pairKey({ group: 'Ямы' }));
});
