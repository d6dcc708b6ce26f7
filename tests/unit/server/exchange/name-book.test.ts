import { expect, test } from 'vitest';
import type { Topic } from '#shared/domain/dictionary.ts';
import type { Agency, Municipality } from '#shared/domain/directory.ts';
import { nameBook } from '#server/exchange/name-book.ts';

const agency = (id: string, name: string, change: Partial<Agency> = {}) => ({
  kind: 'agency' as const,
  id,
  row: { id, name, shortName: name, kind: 'other', units: [], verified: true, ...change },
});

test('the name of a double that was merged means its successor, and that of an agency of old means itself', () => {
  const merged = { validTo: 1_700_000_000_000, successor: 'town' };
  const book = nameBook([
    agency('town', 'Мэрия города'),
    agency('seen-1', 'Мэрия г. Биробиджана', { ...merged, seenInImport: true, verified: false }),
    agency('village', 'Сельсовет', merged),
  ]);
  expect(book.agencyId('мэрия г. биробиджана')).toBe('town');
  expect(book.agencyId('Сельсовет')).toBe('village');
  expect(book.takeNew()).toEqual([]);
});

const municipality = (id: string, name: string, change: Partial<Municipality> = {}) => ({
  kind: 'municipality' as const,
  id,
  row: { id, name, shortName: name, kind: 'district', population: null, settlements: [], ...change },
});

test('a municipality that a file made and that was merged means its successor, one of the law means itself', () => {
  const merged = { validTo: 1_700_000_000_000, successor: 'north' };
  const book = nameBook([
    municipality('north', 'Северный район'),
    municipality('seen-1', 'Северный р-н', { ...merged, seenInImport: true }),
    municipality('seen-2', 'Полярный район', { ...merged, seenInImport: true, verified: true }),
    municipality('west', 'Западный район', merged),
  ]);
  expect(book.municipalityName('северный  Р-Н')).toBe('Северный район');
  expect(book.municipalityName('Полярный район')).toBe('Полярный район');
  expect(book.municipalityName('Западный район')).toBe('Западный район');
  expect(book.municipalityName('Новый район')).toBe('Новый район');
  book.note({ municipality: 'Северный р-н' });
  expect(book.takeNew()).toEqual([]);
});

const topic = (name: string, change: Partial<Topic> = {}) => ({
  kind: 'topic' as const,
  id: `import/Дороги/${name}`,
  row: { name, group: 'Дороги', ...change },
});

test('a topic that a file made and that was joined to another means that one; a confirmed one means itself', () => {
  const joined = { seenInImport: true, validTo: 1_700_000_000_000, successors: ['Ямы во дворах'] };
  const book = nameBook([
    topic('Ямы во дворах', { group: 'Дворы' }),
    topic('Ямы (дворы)', joined),
    topic('Дворовые ямы', { ...joined, verified: true }),
    topic('Ямы и лужи', { ...joined, successors: ['Ямы во дворах', 'Дворовые ямы'] }),
  ]);
  const meant = (name: string) => book.topicOf({ group: 'Дороги', topic: name });
  expect(meant('ямы  (Дворы)')).toEqual({ group: 'Дворы', topic: 'Ямы во дворах' });
  for (const name of ['Дворовые ямы', 'Ямы и лужи', 'Новая тема'])
    expect(meant(name)).toEqual({ group: 'Дороги', topic: name });
  book.note({ group: 'Дороги', topic: 'Ямы (дворы)' });
  expect(book.takeNew()).toEqual([]);
});
