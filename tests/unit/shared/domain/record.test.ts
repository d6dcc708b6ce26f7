import { describe, expect, it } from 'vitest';
import type { Activity } from '#shared/domain/activity.ts';
import { changedFields, decideRecord } from '#shared/domain/record.ts';
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
    expect(decideRecord(ID, theirs, save(mine, from), { role: 'operator' })).toEqual({
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
    });
    expect(decided).toMatchObject({ ok: true, merged: ['place'] });
  });

  it('knows nothing of the order of keys', () => {
    expect(sortedJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
    expect(sameJson([{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toBe(true);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
  });
});
