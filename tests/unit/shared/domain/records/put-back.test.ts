import { describe, expect, it } from 'vitest';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { deadlinePolicySchema } from '#shared/domain/deadline.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { changedFields } from '#shared/domain/record.ts';
import { mapsOf, type RecordKind, type RecordOf } from '#shared/domain/records/record-rules.ts';
import { isRecordKind, putBack, type ToldChange } from '#shared/domain/records/put-back.ts';

/** A change as the audit log keeps it. */
const told = <K extends RecordKind>(kind: K, was: RecordOf[K], is: RecordOf[K]): ToldChange => ({
  before: changedFields(was, is, mapsOf(kind)),
  after: changedFields(is, was, mapsOf(kind)),
});
const agency: Agency = { id: 'a', name: 'А', shortName: 'А', kind: 'other', units: [], verified: true };
const policy = deadlinePolicySchema.parse({
  id: 'p',
  name: 'П',
  start: 'created',
  unit: 'working',
  minutes: 540,
});

describe('what a change replaced is put back', () => {
  it('and a field that was not there is gone again', () => {
    const later = { ...agency, name: 'Б', parent: 'c' };
    const now = { ...later, shortName: 'Другое' };
    expect(putBack('agency', now, told('agency', agency, later))).toEqual({
      kind: 'possible',
      seen: now,
      row: { ...agency, shortName: 'Другое' },
    });
  });

  it('while null stays null where the kind takes it', () => {
    const later = { ...policy, warning: 60 };
    expect(putBack('policy', later, told('policy', policy, later))).toMatchObject({ row: policy });
  });

  it('in a map by its keys, whatever others did to other keys', () => {
    const usual = defaultWorkingCalendar();
    const later = { ...usual, days: { ...usual.days, '2026-09-15': 'off' as const } };
    const now = { ...later, days: { ...later.days, '2026-10-06': 'off' as const } };
    expect(putBack('calendar', now, told('calendar', usual, later))).toMatchObject({
      kind: 'possible',
      row: { ...usual, days: { ...usual.days, '2026-10-06': 'off' } },
    });
  });
});

describe('it is not put back', () => {
  const later = { ...agency, name: 'Б', units: ['Отдел'] };
  const change = told('agency', agency, later);
  it.each([
    ['where it was changed again', { ...later, name: 'В' }, { kind: 'went_on', fields: ['name'] }],
    ['where it is as it was', agency, { kind: 'already' }],
    ['where there is no row any more', undefined, { kind: 'gone' }],
  ])('%s', (_name, now, expected) => {
    expect(putBack('agency', now, change)).toEqual(expected);
  });

  it('where the log has only its beginning', () => {
    const cut = `["${'я'.repeat(3998)}…`;
    expect(putBack('agency', later, { ...change, before: { ...change.before, units: cut } })).toEqual({
      kind: 'not_whole',
      fields: ['units'],
    });
  });

  it('for what is no record', () => {
    expect(['numbering', 'mail', 'toString'].map(isRecordKind)).toEqual([false, false, false]);
  });
});
