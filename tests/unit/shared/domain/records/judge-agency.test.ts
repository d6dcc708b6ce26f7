import { describe, expect, it, test } from 'vitest';
import { isUnsorted, successorAt, workHolderAt, type Agency } from '#shared/domain/directory.ts';
import { judgeAgency } from '#shared/domain/records/judge-agency.ts';
import { looksOf } from '#shared/domain/records/looks.ts';
import type { Heir } from '#shared/domain/split.ts';
import type { WorkingHours } from '#shared/domain/working-hours.ts';
import type { AgencyWork } from '#shared/domain/records/surroundings.ts';

const NOW = Date.UTC(2026, 2, 1);
const LATER = Date.UTC(2026, 5, 1);
const agency = (id: string, change: Partial<Agency> = {}): Agency => ({
  id,
  name: `Ведомство ${id}`,
  shortName: id,
  kind: 'regional',
  units: [],
  verified: true,
  ...change,
});

const weekOf = (monday: WorkingHours | null): NonNullable<Agency['hours']> => [
  monday,
  ...Array.from({ length: 6 }, () => null),
];
const HOUSING = agency('housing', { name: 'Департамент «ЖКХ»', shortName: 'Депжкх' });
const REGION = [
  agency('roads'),
  HOUSING,
  agency('closed', { validTo: NOW - 1 }),
  agency('level-1'),
  agency('level-2', { parent: 'level-1' }),
  agency('level-3', { parent: 'level-2' }),
  agency('level-4', { parent: 'level-3' }),
  agency('double', { name: 'Двойник', shortName: 'Двойник', validTo: NOW - 1, successor: 'roads' }),
];

const judged = (
  after: Agency,
  { before = null, work = null }: { before?: Agency | null; work?: AgencyWork | null } = {},
) => {
  const agencies = new Map(REGION.map((one) => [one.id, one]));
  const works = work === null ? null : new Map([[after.id, work]]);
  return judgeAgency(after, before, { at: NOW, agencies, works });
};

describe('an agency is refused', () => {
  const fresh = agency('new');
  test.each([
    ['a name another has', { ...fresh, name: 'департамент жкх' }, { kind: 'name_taken', agency: 'housing' }],
    [
      'a short name of Latin twins',
      { ...fresh, shortName: 'Дeпжкx' },
      { kind: 'short_name_taken', agency: 'housing' },
    ],
    ['a long short name', { ...fresh, shortName: 'я'.repeat(21) }, { kind: 'short_name_long', limit: 20 }],
    ['an unknown parent', { ...fresh, parent: 'nobody' }, { kind: 'unknown_agency', agency: 'nobody' }],
    ['a closed parent', { ...fresh, parent: 'closed' }, { kind: 'agency_closed', agency: 'closed' }],
    ['itself as a parent', { ...fresh, parent: 'new' }, { kind: 'agencies_in_ring', agency: 'new' }],
    ['a fifth level', { ...fresh, parent: 'level-4' }, { kind: 'too_many_levels', limit: 4 }],
    [
      'an end before the beginning',
      { ...fresh, validFrom: LATER, validTo: NOW },
      { kind: 'ends_before_beginning' },
    ],
    ['a successor of one that goes on', { ...fresh, successor: 'roads' }, { kind: 'successor_of_open' }],
    [
      'itself as a successor',
      { ...fresh, validTo: LATER, successor: 'new' },
      { kind: 'agency_closed', agency: 'new' },
    ],
    [
      'a closed successor',
      { ...fresh, validTo: LATER, successor: 'closed' },
      { kind: 'agency_closed', agency: 'closed' },
    ],
    ['hours without any work', { ...fresh, hours: weekOf(null) }, { kind: 'week_without_work' }],
    [
      'hours that end before they begin',
      { ...fresh, hours: weekOf({ from: '18:00', to: '09:00' }) },
      { kind: 'hours_backwards', hours: '18:00–09:00' },
    ],
    [
      'a break outside its hours',
      { ...fresh, hours: weekOf({ from: '09:00', to: '18:00', break: { from: '12:00', to: '18:30' } }) },
      { kind: 'break_outside', hours: '09:00–18:00', rest: '12:00–18:30' },
    ],
  ])('with %s', (_name, after, refusal) => {
    expect(judged(after)).toEqual(refusal);
  });

  it('not for hours that it has had, nor for good ones', () => {
    const before = { ...fresh, hours: weekOf(null) };
    expect(judged({ ...before, units: ['Отдел'] }, { before })).toBeNull();
    const good = { from: '09:00', to: '18:00', break: { from: '12:00', to: '13:00' } };
    expect(judged({ ...fresh, hours: weekOf(good) })).toBeNull();
  });

  it('when it comes under its own part', () => {
    const before = agency('level-1');
    expect(judged({ ...before, parent: 'level-3' }, { before })).toEqual({
      kind: 'agencies_in_ring',
      agency: 'level-3',
    });
  });

  it('when it brings its parts too deep', () => {
    const before = agency('level-1');
    expect(judged({ ...before, parent: 'roads' }, { before })).toEqual({ kind: 'too_many_levels', limit: 4 });
  });

  it('when it closes with work and without a successor, or over its parts', () => {
    const before = agency('roads');
    const after = { ...before, validTo: LATER };
    const work = { incidents: 12, routes: 3 };
    expect(judged(after, { before, work })).toEqual({ kind: 'agency_has_work', ...work });
    expect(judged({ ...after, successor: 'housing' }, { before, work })).toBeNull();
    expect(judged(after, { before, work: { incidents: 0, routes: 0 } })).toBeNull();
    const above = agency('level-1');
    expect(judged({ ...above, validTo: LATER }, { before: above })).toEqual({
      kind: 'agency_has_parts',
      count: 1,
    });
  });
});

describe('an agency is taken', () => {
  it('new, and under three others', () => {
    expect(judged(agency('new'))).toBeNull();
    expect(judged(agency('new', { parent: 'level-3' }))).toBeNull();
  });

  it('with a long short name of old, while something else is changed', () => {
    const before = agency('roads', { shortName: 'Администрация Ленинского района' });
    expect(judged({ ...before, kind: 'municipal' }, { before })).toBeNull();
    expect(judged({ ...before, shortName: 'Администрация Ленинского р-на' }, { before })).toMatchObject({
      kind: 'short_name_long',
    });
  });

  it('with the name of one that was merged into it', () => {
    const before = agency('roads');
    expect(judged({ ...before, name: 'Двойник', shortName: 'Двойник' }, { before })).toBeNull();
  });
});

it('looks are one for Latin twins, quotes, spaces and ё', () => {
  expect(looksOf('АО «Тёплая  Cеть»')).toBe(looksOf('ao теплая сеть'));
  expect(looksOf('Депздрав')).not.toBe(looksOf('Депобр'));
});

describe('an agency that is split', () => {
  const before = agency('roads');
  const split = (...heirs: readonly Heir[]) => ({ ...before, split: { at: NOW, heirs: [...heirs] } });
  const snow: Heir = { topic: 'Снег', agency: 'housing' };

  test.each([
    [
      'a part for one that is closed',
      split({ ...snow, agency: 'closed' }),
      { kind: 'agency_closed', agency: 'closed' },
    ],
    ['a part for nobody', split({ ...snow, agency: 'nobody' }), { kind: 'unknown_agency', agency: 'nobody' }],
    ['a part for itself', split({ ...snow, agency: 'roads' }), { kind: 'agencies_in_ring', agency: 'roads' }],
    ['one part for two', split(snow, { ...snow, agency: 'level-1' }), { kind: 'parts_alike' }],
    [
      'a part in a place for one, and everywhere for another',
      split(snow, { ...snow, municipality: 'город', agency: 'level-1' }),
      null,
    ],
  ])('with %s', (_name, after, refusal) => {
    expect(judged(after, { before })).toEqual(refusal);
  });

  it('may not lead back to itself by the heirs and successors of others', () => {
    const agencies = new Map(
      [
        before,
        agency('b', { split: { at: NOW, heirs: [{ group: 'ЖКХ', agency: 'c' }] } }),
        agency('c', { validTo: NOW - 1, successor: 'roads' }),
        agency('d', { validTo: LATER, successor: 'e' }),
        agency('e', { split: { at: NOW, heirs: [{ group: 'ЖКХ', agency: 'd' }] } }),
      ].map((one) => [one.id, one]),
    );
    const judge = (after: Agency) => judgeAgency(after, before, { at: NOW, agencies, works: null });
    const ring = { kind: 'agencies_in_ring', agency: 'b' };
    expect(judge(split({ ...snow, agency: 'b' }))).toEqual(ring);
    expect(judge({ ...before, validTo: LATER, successor: 'b' })).toEqual(ring);
    // A ring of others that an older base holds is not this agency's.
    expect(judge(split({ ...snow, agency: 'd' }))).toBeNull();
  });

  it('closes with work only for whoever has the rest', () => {
    const work = { incidents: 12, routes: 3 };
    const ended = { ...split(snow), validTo: LATER };
    expect(judged(ended, { before, work })).toEqual({ kind: 'agency_has_work', ...work });
    expect(judged({ ...ended, successor: 'housing' }, { before, work })).toBeNull();
  });
});

describe('whoever has the work of one that was split', () => {
  const heirs: Heir[] = [
    { municipality: 'город', agency: 'city' },
    { group: 'Дороги', agency: 'roads' },
    { group: 'Дороги', topic: 'Снег', agency: 'snow' },
    { group: 'Дороги', topic: 'Снег', municipality: 'город', agency: 'city-snow' },
  ];
  const open = agency('a', { split: { at: NOW, heirs } });
  const agencies = (...rows: readonly Agency[]) => new Map(rows.map((one) => [one.id, one]));
  const about = (group: string, topic: string, municipality: string) => ({ group, topic, municipality });

  test.each([
    ['city-snow', about('Дороги', 'Снег', 'город')],
    ['snow', about('Дороги', 'Снег', 'район')],
    ['roads', about('Дороги', 'Ямы', 'город')],
    ['city', about('ЖКХ', 'Двор', 'город')],
    ['a', about('ЖКХ', 'Двор', 'район')],
    ['a', { group: null, topic: null, municipality: null }],
  ])('%s, by the most exact part: %o', (holder, matter) => {
    expect(workHolderAt(agencies(open), 'a', matter, NOW)).toBe(holder);
    expect(workHolderAt(agencies(open), 'a', matter, NOW - 1)).toBe('a');
  });

  it('is the successor for the rest once it has ended, and whoever took an heir over', () => {
    const ended = { ...open, validTo: LATER, successor: 'rest' };
    const merged = agency('snow', { validTo: LATER, successor: 'roads' });
    const all = agencies(ended, merged, agency('roads'), agency('rest'));
    expect(workHolderAt(all, 'a', about('ЖКХ', 'Двор', 'район'), LATER - 1)).toBe('a');
    expect(workHolderAt(all, 'a', about('ЖКХ', 'Двор', 'район'), LATER)).toBe('rest');
    expect(workHolderAt(all, 'a', about('Дороги', 'Снег', 'район'), LATER)).toBe('roads');
  });

  it('is itself where rows go round in a ring', () => {
    const back = agency('roads', { split: { at: NOW, heirs: [{ group: 'Дороги', agency: 'a' }] } });
    expect(workHolderAt(agencies(open, back), 'a', about('Дороги', 'Ямы', 'район'), NOW)).toBe('a');
  });
});

describe('a successor', () => {
  const merged = (id: string, successor: string): Agency => agency(id, { validTo: NOW, successor });
  const agencies = new Map(
    [merged('a', 'b'), merged('b', 'c'), agency('c'), merged('x', 'y'), merged('y', 'x')].map((one) => [
      one.id,
      one,
    ]),
  );

  it('has the work from the day on, and one that is merged itself hands it on', () => {
    expect(successorAt(agencies, 'a', NOW - 1)).toBe('a');
    expect(successorAt(agencies, 'a', NOW)).toBe('c');
    expect(successorAt(agencies, 'nobody', NOW)).toBe('nobody');
  });

  it('ends the search where rows go round in a ring', () => {
    expect(successorAt(agencies, 'x', NOW)).toBe('x');
  });
});

it('waits to be sorted when an import made it, until it is confirmed or merged', () => {
  const seen = agency('seen', { seenInImport: true, verified: false });
  expect(isUnsorted(seen)).toBe(true);
  expect(isUnsorted({ ...seen, verified: true })).toBe(false);
  expect(isUnsorted({ ...seen, validTo: NOW, successor: 'roads' })).toBe(false);
  expect(isUnsorted(agency('roads', { verified: false }))).toBe(false);
});
