import { describe, expect, it } from 'vitest';
import {
  judgeDeputyship,
  stoodForBy,
  type Colleague,
  type Deputyship,
  type DeputyTrouble,
} from '#shared/domain/deputyship.ts';

const TODAY = '2026-12-01';
const colleague = (id: string, change: Partial<Colleague> = {}): Colleague => ({
  id,
  role: 'operator',
  agency: null,
  isDisabled: false,
  ...change,
});
const executor = (id: string, agency: string) => colleague(id, { role: 'executor', agency });
const PEOPLE = [
  colleague('anna'),
  colleague('boris', { role: 'approver' }),
  colleague('vera', { role: 'administrator' }),
  colleague('gleb', { isDisabled: true }),
  colleague('dina', { role: 'observer' }),
  executor('roads-1', 'roads'),
  executor('roads-2', 'roads'),
  executor('roads-part', 'roads-north'),
];
const people = new Map(PEOPLE.map((person) => [person.id, person]));

const ship = (person: string, deputy: string, from = '2026-12-05', to = '2026-12-12'): Deputyship => ({
  id: `${person} ${deputy} ${from}`,
  person,
  deputy,
  from,
  to,
});
const years = (count: number) =>
  Array.from({ length: count }, (_, n) => ship('anna', 'vera', `${2030 + n}-01-01`, `${2030 + n}-01-02`));

describe('nobody is named', () => {
  it.each<[DeputyTrouble | null, Deputyship, readonly Deputyship[]]>([
    [null, ship('anna', 'boris'), []],
    [null, ship('boris', 'anna', TODAY, TODAY), []],
    [null, ship('vera', 'anna', '2026-11-20', TODAY), []],
    [null, ship('roads-1', 'roads-2'), []],
    ['ends_first', ship('anna', 'boris', '2026-12-05', '2026-12-04'), []],
    ['over', ship('anna', 'boris', '2026-11-01', '2026-11-30'), []],
    [null, ship('anna', 'boris', '2026-12-05', '2027-12-05'), []],
    ['long', ship('anna', 'boris', '2026-12-05', '2027-12-06'), []],
    ['oneself', ship('anna', 'anna'), []],
    ['unknown', ship('anna', 'of-another-region'), []],
    ['unknown', ship('of-another-region', 'anna'), []],
    ['disabled', ship('anna', 'gleb'), []],
    ['of_disabled', ship('gleb', 'anna'), []],
    ['needless', ship('dina', 'anna'), []],
    ['not_of_centre', ship('anna', 'dina'), []],
    ['not_of_centre', ship('anna', 'roads-1'), []],
    ['other_agency', ship('roads-1', 'roads-part'), []],
    ['other_agency', ship('roads-1', 'anna'), []],
    ['overlaps', ship('anna', 'boris'), [ship('anna', 'vera', '2026-12-12', '2026-12-20')]],
    [null, ship('anna', 'boris'), [ship('anna', 'vera', '2026-12-13', '2026-12-20')]],
    // What is changed does not stand in its own way.
    [null, ship('anna', 'boris'), [ship('anna', 'boris', '2026-12-05', '2026-12-30')]],
    ['ring', ship('anna', 'boris'), [ship('boris', 'anna')]],
    ['ring', ship('anna', 'boris'), [ship('boris', 'vera'), ship('vera', 'anna')]],
    [null, ship('anna', 'boris'), [ship('boris', 'anna', '2026-12-13', '2026-12-20')]],
    // The three are never away on one day.
    [
      null,
      ship('anna', 'boris'),
      [ship('boris', 'vera', '2026-12-05', '2026-12-07'), ship('vera', 'anna', '2026-12-08', '2026-12-12')],
    ],
    // Somebody who is away may be a deputy: whoever stands in for them has it all.
    [null, ship('anna', 'boris'), [ship('boris', 'vera')]],
    [null, ship('anna', 'boris'), years(19)],
    ['over_limit', ship('anna', 'boris'), years(20)],
  ])('%s: %o beside %o', (why, wanted, named) => {
    expect(judgeDeputyship(wanted, { people, named, today: TODAY })).toBe(why);
  });
});

describe('whom somebody stands in for', () => {
  const find = (id: string, day: string, named: readonly Deputyship[], among = people) =>
    stoodForBy(id, day, { people: among, named });

  it('on the first day and on the last, and on no other', () => {
    const days = ['2026-12-04', '2026-12-05', '2026-12-12', '2026-12-13'];
    expect(days.map((day) => find('boris', day, [ship('anna', 'boris')]))).toEqual([
      [],
      ['anna'],
      ['anna'],
      [],
    ]);
  });

  it('also for those for whom these stand in themselves, whatever ring an old base holds', () => {
    const named = [ship('anna', 'boris'), ship('boris', 'vera'), ship('vera', 'anna')];
    expect(find('vera', '2026-12-06', named)).toEqual(['boris', 'anna']);
  });

  it('not for whoever was disabled or moved since, nor past them', () => {
    const named = [ship('anna', 'boris'), ship('boris', 'vera'), ship('roads-1', 'roads-2')];
    const moved = new Map(people)
      .set('boris', colleague('boris', { isDisabled: true }))
      .set('roads-2', executor('roads-2', 'heat'));
    expect(find('vera', '2026-12-06', named, moved)).toEqual([]);
    expect(find('roads-2', '2026-12-06', named, moved)).toEqual([]);
    expect(find('roads-2', '2026-12-06', named)).toEqual(['roads-1']);
  });
});
