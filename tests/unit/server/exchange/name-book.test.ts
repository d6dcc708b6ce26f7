import { expect, test } from 'vitest';
import type { Agency } from '#shared/domain/directory.ts';
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
