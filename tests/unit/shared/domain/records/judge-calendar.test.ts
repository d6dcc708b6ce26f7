import { describe, expect, it, test } from 'vitest';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { changedFields, decideRecord, readRecord, type OneRecordCommand } from '#shared/domain/record.ts';
import { judgeCalendar } from '#shared/domain/records/judge-calendar.ts';
import { mapsOf } from '#shared/domain/records/record-rules.ts';
import { dateOfDay, dayOfDate } from '#shared/domain/time-zone.ts';

const USUAL = defaultWorkingCalendar();
const NONE = Array.from({ length: 7 }, () => null);
const withDay = (date: string, hours: 'off' | { from: string; to: string }): WorkingCalendar => ({
  ...USUAL,
  days: { ...USUAL.days, [date]: hours },
});
const yearOff = (): WorkingCalendar => {
  const first = dayOfDate('2026-01-01') ?? 0;
  const dates = Array.from({ length: 365 }, (_, index) => dateOfDay(first + index));
  return { ...USUAL, days: Object.fromEntries(dates.map((date) => [date, 'off'])) };
};

describe('a calendar is refused', () => {
  test.each<[string, WorkingCalendar, object]>([
    ['without a working day', { ...USUAL, week: NONE, days: {} }, { kind: 'week_without_work' }],
    ['with a year off', yearOff(), { kind: 'year_without_work', year: 2026 }],
    [
      'with hours that end before they begin',
      withDay('2026-03-05', { from: '17:30', to: '08:30' }),
      { kind: 'hours_backwards', hours: '17:30–08:30' },
    ],
    [
      'with a break outside the hours',
      {
        ...USUAL,
        week: [{ from: '08:30', to: '17:30', break: { from: '17:00', to: '17:30' } }, ...USUAL.week.slice(1)],
      },
      { kind: 'break_outside', hours: '08:30–17:30', rest: '17:00–17:30' },
    ],
    [
      'with a day of no year that is counted',
      withDay('2050-01-01', 'off'),
      { kind: 'day_outside_calendar', day: '2050-01-01', first: 2015, last: 2035 },
    ],
    [
      'with no such day',
      withDay('2026-02-30', 'off'),
      { kind: 'day_outside_calendar', day: '2026-02-30', first: 2015, last: 2035 },
    ],
    [
      'with an unknown zone',
      { ...USUAL, zone: 'Asia/Birobidzhan' },
      { kind: 'unknown_zone', zone: 'Asia/Birobidzhan' },
    ],
  ])('%s', (_, after, refusal) => {
    expect(judgeCalendar(after, USUAL)).toEqual(refusal);
    expect(judgeCalendar(after, null)).toEqual(refusal);
  });
});

it('may have a holiday of the region’s own, a break, and whatever lay there before', () => {
  expect(judgeCalendar(withDay('2026-09-15', 'off'), USUAL)).toBeNull();
  const rest = { from: '12:30', to: '13:30' };
  const week = USUAL.week.map((hours) => (hours === null ? null : { ...hours, break: rest }));
  expect(judgeCalendar({ ...USUAL, week }, USUAL)).toBeNull();
  const old = withDay('2050-01-01', 'off');
  expect(judgeCalendar({ ...old, days: { ...old.days, '2026-09-15': 'off' } }, old)).toBeNull();
});

describe('two administrators', () => {
  const saved = (
    before: WorkingCalendar,
    seen: WorkingCalendar,
    row: WorkingCalendar,
    role = 'administrator',
  ) => {
    const from = changedFields(seen, row, mapsOf('calendar'));
    const command = { name: 'saveRecord', args: { kind: 'calendar', row, from } } as const;
    return decideRecord('working', before, JSON.parse(JSON.stringify(command)), {
      role: role as 'administrator',
      surroundings: null,
    });
  };
  const mine = { ...withDay('2026-09-15', 'off'), names: { '2026-09-15': 'День области' } };
  const theirs = withDay('2026-05-08', 'off');

  it('who change different days both keep them', () => {
    const twice = saved(theirs, USUAL, mine);
    expect(twice).toEqual({
      ok: true,
      merged: [],
      row: { ...mine, days: { ...USUAL.days, '2026-05-08': 'off', '2026-09-15': 'off' } },
    });
  });

  it('who change one day: the later is written, and told so', () => {
    const other = withDay('2026-09-15', { from: '09:00', to: '12:00' });
    expect(saved(other, USUAL, mine)).toMatchObject({ ok: true, merged: ['days'], row: mine });
    expect(saved(mine, USUAL, mine)).toMatchObject({ ok: true, merged: [], row: mine });
  });

  it('a day that is taken back follows its week again, and others stay', () => {
    const { '2026-01-01': _, ...days } = USUAL.days;
    const before = withDay('2026-09-15', 'off');
    expect(saved(before, USUAL, { ...USUAL, days })).toMatchObject({
      ok: true,
      row: { days: { ...days, '2026-09-15': 'off' } },
    });
  });

  it('sends only the days that it changes', () => {
    expect(changedFields(USUAL, mine, mapsOf('calendar'))).toEqual({
      days: { '2026-09-15': null },
      names: { '2026-09-15': null },
    });
  });

  it('nobody else writes it, and no other calendar is written', () => {
    expect(saved(USUAL, USUAL, mine, 'operator')).toMatchObject({
      ok: false,
      refusal: { kind: 'role_may_not' },
    });
    const command = { name: 'saveRecord', args: { kind: 'calendar', row: mine, from: null } };
    expect(
      decideRecord('second', null, command as OneRecordCommand, {
        role: 'administrator',
        surroundings: null,
      }),
    ).toMatchObject({ ok: false, refusal: { kind: 'malformed' } });
  });
});

it('of old reads as a record', () => {
  expect(readRecord('calendar', USUAL)).toEqual(USUAL);
});
