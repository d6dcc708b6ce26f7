import { expect, it } from 'vitest';
import type { Municipality } from '#shared/domain/directory.ts';
import { groundAt, routesAt, settlementsAt } from '#shared/domain/places.ts';
import { suggestRoutes, type RoutingRule } from '#shared/domain/routing.ts';

const MERGED = Date.UTC(2026, 2, 1);
const place = (id: string, change: Partial<Municipality> = {}): Municipality => ({
  id,
  name: `Район ${id}`,
  shortName: id,
  kind: 'district',
  population: null,
  settlements: [{ kind: 'с', name: `Село ${id}` }],
  ...change,
});
const REGION = [
  place('a', { validTo: MERGED, successor: 'b' }),
  place('b', { validTo: MERGED + 10, successor: 'c' }),
  place('c'),
  place('gone', { validTo: MERGED }),
];

it('ground goes by its own name until it is merged, then by the last of its successors', () => {
  expect(groundAt(REGION, 'Район a', MERGED - 1)).toBe('Район a');
  expect(groundAt(REGION, 'Район a', MERGED)).toBe('Район b');
  expect(groundAt(REGION, 'Район a', MERGED + 10)).toBe('Район c');
  expect(groundAt(REGION, 'Район gone', MERGED)).toBe('Район gone');
  expect(groundAt(REGION, 'Где-то ещё', MERGED)).toBe('Где-то ещё');
  expect(groundAt(REGION, '', MERGED)).toBe('');
});

it('goes by its own name where rows go round in a ring', () => {
  const ring = [
    place('x', { validTo: MERGED, successor: 'y' }),
    place('y', { validTo: MERGED, successor: 'x' }),
  ];
  expect(groundAt(ring, 'Район x', MERGED)).toBe('Район x');
});

it('settlements of what was merged are chosen in the successor', () => {
  const namesOf = (name: string, at: number) => settlementsAt(REGION, name, at).map((one) => one.name);
  expect(namesOf('Район b', MERGED - 1)).toEqual(['Село b']);
  expect(namesOf('Район b', MERGED)).toEqual(['Село a', 'Село b']);
  expect(namesOf('Район c', MERGED + 10)).toEqual(['Село a', 'Село b', 'Село c']);
  expect(namesOf('Где-то ещё', MERGED)).toEqual([]);
});

it('routes of what was merged lead for the successor, after its own and before rougher ones', () => {
  const routes: readonly RoutingRule[] = [
    { id: '1', topic: 'Снег', municipality: 'Район a', agency: 'administration-a' },
    { id: '2', topic: 'Снег', municipality: 'Район c', agency: 'administration-c' },
    { id: '3', topic: 'Снег', agency: 'roads' },
  ];
  const proposed = (municipality: string, at: number) =>
    suggestRoutes(routesAt(routes, REGION, at), {
      topic: 'Снег',
      group: null,
      municipality: groundAt(REGION, municipality, at),
      at,
    }).map(({ agency }) => agency);
  expect(proposed('Район a', MERGED - 1)).toEqual(['administration-a', 'roads']);
  expect(proposed('Район c', MERGED + 10)).toEqual(['administration-c', 'administration-a', 'roads']);
  expect(proposed('Район a', MERGED + 10)).toEqual(['administration-c', 'administration-a', 'roads']);
});

it('gives the routes themselves back while nothing was merged', () => {
  const routes: readonly RoutingRule[] = [{ id: '1', agency: 'roads' }];
  expect(routesAt(routes, REGION, MERGED - 1)).toBe(routes);
});
