import { expect, test } from 'vitest';
import {
  entryChoices,
  findEntries,
  likeliestTwin,
  shelfOf,
  type Entry,
} from '#renderer/kit/directory/entry.ts';

const NOW = 1_000;
const entry = (id: string, name: string, rest: Partial<Entry> = {}): Entry => ({
  id,
  name,
  shortName: name.slice(0, 4),
  ...rest,
});

test.each<[string, Partial<Entry>, string]>([
  ['is in force', {}, 'open'],
  ['ended this very moment', { validTo: NOW }, 'closed'],
  ['came with an import and ended', { validTo: NOW - 1, seenInImport: true }, 'closed'],
  ['came with an import', { seenInImport: true, verified: false }, 'unsorted'],
  ['came with an import and was confirmed', { seenInImport: true, verified: true }, 'open'],
])('one that %s', (_, rest, shelf) => {
  expect(shelfOf(entry('a', 'Мэрия', rest), NOW)).toBe(shelf);
});

test('rows are found by every word, whatever its case and its twin letters, and stand by name', () => {
  const rows = [entry('b', 'Отдел ЖКХ'), entry('a', 'Мэрия города'), entry('c', 'Мэрия')];
  const found = (query: string) => findEntries(rows, query, ({ id }) => [`улица ${id}`]).map(({ id }) => id);
  expect(found('')).toEqual(['c', 'a', 'b']);
  expect(found('мэpия  ГОРОД')).toEqual(['a']);
  expect(found('улица b')).toEqual(['b']);
  expect(found('мэрия улица b')).toEqual([]);
});

test('a twin is offered among those that exist and are another', () => {
  const own = entry('own', 'Мэрия');
  const rows = [own, entry('gone', 'Мэрия г. Б', { validTo: NOW }), entry('twin', 'Мэрия города')];
  const choices = entryChoices(rows, NOW, 'own');
  expect(choices).toEqual([{ value: 'twin', label: 'Мэрия города' }]);
  expect(likeliestTwin(own, rows, choices)).toBe('twin');
  expect(likeliestTwin(entry('x', 'Роддом'), rows, choices)).toBeNull();
});
