import { describe, expect, it } from 'vitest';
import type { Activity } from '#shared/domain/activity.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { changedFields, decideRecord, readRecord, RECORD_COMMAND_ARGS } from '#shared/domain/record.ts';
import { sameJson, sortedJson } from '#shared/domain/same-json.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const activity = (change: Partial<Activity> = {}): Activity => ({
  id: ID,
  kind: 'seminar',
  title: 'Семинар с муниципалитетами',
  date: '2022-01-18',
  place: 'Биробиджан',
  agencies: [{ agency: 'roads', invited: 3, attended: 2 }],
  audience: null,
  topics: [],
  summary: '',
  materials: [],
  ...change,
});
const save = (row: Activity, from: Readonly<Record<string, unknown>> | null) =>
  ({ name: 'saveRecord', args: { kind: 'activity', row, from } }) as const;

describe('a record of the centre', () => {
  it('takes only the fields that were changed', () => {
    const theirs = activity({ place: 'Облучье', audience: 40 });
    const mine = activity({ summary: 'Договорились' });
    const from = changedFields(activity(), mine);
    expect(from).toEqual({ summary: '' });
    expect(decideRecord(ID, theirs, save(mine, from), { role: 'operator', surroundings: null })).toEqual({
      ok: true,
      row: { ...theirs, summary: 'Договорились' },
      merged: [],
    });
  });

  it('names the field in which a newer value was overwritten, and not one both made alike', () => {
    const theirs = activity({ place: 'Облучье', audience: 40 });
    const mine = activity({ place: 'Смидович', audience: 40 });
    const decided = decideRecord(ID, theirs, save(mine, changedFields(activity(), mine)), {
      role: 'operator',
      surroundings: null,
    });
    expect(decided).toMatchObject({ ok: true, merged: ['place'] });
  });

  it('knows nothing of the order of keys', () => {
    expect(sortedJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
    expect(sameJson([{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toBe(true);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
  });
});

describe('the days of a record', () => {
  const isTaken = (kind: string, row: object): boolean =>
    RECORD_COMMAND_ARGS.saveRecord.safeParse({ kind, row, from: null }).success;
  const campaign = {
    id: ID,
    title: 'Снег',
    topics: [],
    reason: '',
    from: '2022-01-10',
    to: '2022-01-20',
    materials: [],
    posts: [{ network: 'vk', url: '', date: '2022-01-12' }],
    reach: null,
    note: '',
  };

  it('lie in the years of the centre’s work when they are sent', () => {
    expect(isTaken('activity', activity())).toBe(true);
    expect(isTaken('campaign', campaign)).toBe(true);
    for (const day of ['0001-01-01', '1999-12-31', '2100-01-01', '9999-12-31']) {
      expect(isTaken('activity', activity({ date: day }))).toBe(false);
      expect(isTaken('campaign', { ...campaign, to: day })).toBe(false);
      expect(isTaken('campaign', { ...campaign, posts: [{ network: 'vk', url: '', date: day }] })).toBe(
        false,
      );
    }
  });

  it('are read as they were stored', () => {
    expect(readRecord('activity', activity({ date: '9999-12-31' }))).not.toBeNull();
  });

  it('stand beside topics of bounded names and no more fields than a record has', () => {
    const long = 'я'.repeat(1001);
    expect(isTaken('activity', activity({ topics: [{ group: long, topic: '' }] }))).toBe(false);
    const from = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, 1]));
    expect(
      RECORD_COMMAND_ARGS.saveRecord.safeParse({ kind: 'activity', row: activity(), from }).success,
    ).toBe(false);
  });
});

describe('a kind of record', () => {
  const agency: Agency = {
    id: 'roads',
    name: 'Дороги',
    shortName: 'Дороги',
    kind: 'regional',
    units: [],
    verified: true,
  };

  it('is written by the roles of its own', () => {
    const command = { name: 'saveRecord', args: { kind: 'agency', row: agency, from: null } } as const;
    for (const role of ['operator', 'approver', 'executor', 'observer'] as const)
      expect(decideRecord('roads', null, command, { role, surroundings: null })).toEqual({
        ok: false,
        refusal: { kind: 'role_may_not', role },
      });
    expect(decideRecord('roads', null, command, { role: 'administrator', surroundings: null }).ok).toBe(true);
  });

  it('is known by ids of its own, which its rows say', () => {
    const command = { name: 'saveRecord', args: { kind: 'agency', row: agency, from: null } } as const;
    expect(decideRecord('heat', null, command, { role: 'administrator', surroundings: null })).toMatchObject({
      ok: false,
      refusal: { kind: 'malformed', path: 'row.id' },
    });
    const save = (change: object): boolean =>
      RECORD_COMMAND_ARGS.saveRecord.safeParse({ kind: 'agency', row: { ...agency, ...change }, from: null })
        .success;
    expect(save({})).toBe(true);
    for (const id of ['', 'Дороги', 'roads heat', 'a'.repeat(201)]) expect(save({ id })).toBe(false);
    expect(save({ validTo: 9_999_999_999_999 })).toBe(false);
    expect(save({ contacts: { person: 'я'.repeat(201), phone: '', email: '', address: '' } })).toBe(false);
  });

  it('is removed only where it is a register', () => {
    expect(RECORD_COMMAND_ARGS.removeRecord.safeParse({ kind: 'campaign' }).success).toBe(true);
    expect(RECORD_COMMAND_ARGS.removeRecord.safeParse({ kind: 'agency' }).success).toBe(false);
  });
});
