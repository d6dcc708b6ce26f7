import { describe, expect, it } from 'vitest';
import type { Agency } from '#shared/domain/directory.ts';
import type { Heir } from '#shared/domain/split.ts';
import { topicValue } from '#renderer/kit/deadlines/topic-groups.ts';
import {
  heirsIn,
  sharesOf,
  splitAgency,
  splitFieldsOf,
  type TypedPart,
} from '#renderer/screens/agencies/split-draft.ts';

const AT = Date.UTC(2026, 11, 1);
const agency: Agency = {
  id: 'mayor',
  name: 'Мэрия',
  shortName: 'Мэрия',
  kind: 'municipal',
  units: [],
  verified: true,
};
const part = (change: Partial<TypedPart>): TypedPart => ({
  key: 0,
  topic: null,
  municipality: null,
  agency: 'roads',
  ...change,
});
const heirsOf = (...parts: readonly TypedPart[]) => heirsIn({ parts, rest: null });

describe('the form of a split', () => {
  it('is a topic of its group, a whole group, a place, or both of them', () => {
    expect(
      heirsOf(
        part({ topic: topicValue('Дороги', 'Снег') }),
        part({ topic: topicValue('Дороги', '') }),
        part({ municipality: 'город' }),
        part({ topic: topicValue('Дороги', ''), municipality: 'город' }),
      ),
    ).toEqual([
      { group: 'Дороги', topic: 'Снег', agency: 'roads' },
      { group: 'Дороги', agency: 'roads' },
      { municipality: 'город', agency: 'roads' },
      { group: 'Дороги', municipality: 'город', agency: 'roads' },
    ]);
  });

  it('is not ready while a part says nothing, or names nobody', () => {
    const good = part({ municipality: 'город' });
    expect(heirsOf(good, part({}))).toBeNull();
    expect(heirsOf(good, part({ municipality: 'район', agency: null }))).toBeNull();
    expect(heirsOf()).toBeNull();
  });

  it('opens with the parts that were given away before', () => {
    const heirs: readonly Heir[] = [
      { group: 'Дороги', topic: 'Снег', agency: 'roads' },
      { group: 'ЖКХ', agency: 'heat' },
      { municipality: 'город', agency: 'city' },
    ];
    expect(heirsIn(splitFieldsOf(splitAgency(agency, heirs, null, AT)))).toEqual(heirs);
    expect(splitFieldsOf(agency).parts).toHaveLength(1);
  });
});

it('an agency goes on after a split, or ends with it', () => {
  const heirs: readonly Heir[] = [{ municipality: 'город', agency: 'city' }];
  expect(splitAgency(agency, heirs, null, AT)).toEqual({ ...agency, split: { at: AT, heirs } });
  expect(splitAgency(agency, heirs, 'rest', AT)).toMatchObject({ validTo: AT, successor: 'rest' });
});

it('says how many of the open ones each heir gets, and how many stay', () => {
  const heirs: readonly Heir[] = [
    { municipality: 'город', agency: 'city' },
    { group: 'Дороги', agency: 'roads' },
  ];
  const matter = (group: string, municipality: string) => ({ group, topic: 'Тема', municipality });
  const matters = [matter('Дороги', 'город'), matter('ЖКХ', 'город'), matter('ЖКХ', 'район')];
  expect(Object.fromEntries(sharesOf(heirs, matters))).toEqual({ roads: 1, city: 1, '': 1 });
});
