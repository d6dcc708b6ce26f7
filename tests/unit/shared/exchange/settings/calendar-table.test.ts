import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CALENDAR_ID, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { must } from '#shared/domain/must.ts';
import { withDay } from '#shared/domain/production-days.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import { surroundingsOf } from '#shared/domain/records/surroundings-of.ts';
import { dateOfDay, dayOfDate } from '#shared/domain/time-zone.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { loadCommands } from '#shared/exchange/settings/load-commands.ts';
import { takeBackOf } from '#shared/exchange/settings/plan-take-back.ts';
import { readLoad, type LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { recordsOf, rowsOfRecords } from '#shared/exchange/settings/record-parts.ts';
import { settingsTable, type TableKind } from '#shared/exchange/settings/tables.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { TABLE_FORMATS, type TableFormat } from '#shared/exchange/table-write.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';

const ZONE = 'Asia/Vladivostok';
const AT = Date.UTC(2026, 5, 15, 3);
const USUAL = defaultWorkingCalendar(ZONE);

const basisOf = (calendar: WorkingCalendar | null) => ({
  zone: ZONE,
  at: AT,
  rowsOf: (kind: TableKind) =>
    kind === 'calendar' && calendar !== null ? [{ ...calendar, id: CALENDAR_ID }] : [],
});
async function read(bytes: Uint8Array<ArrayBuffer>, calendar: WorkingCalendar | null): Promise<LoadPreview> {
  const basis = { ...basisOf(calendar), role: 'administrator', file: 'календарь' } as const;
  const result = await readLoad(blobSource(new Blob([bytes])), 'calendar', basis);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
function written(format: TableFormat, calendar: WorkingCalendar): Uint8Array<ArrayBuffer> {
  const table = settingsTable('calendar', basisOf(calendar));
  return writeSettings(format, table, rowsOfRecords(table, [calendar]));
}
const planned = (calendar: WorkingCalendar | null, ...lines: readonly (readonly string[])[]) =>
  read(
    writeWorkbook([{ name: 'Лист', rows: [['День', 'Рабочие часы', 'Почему'], ...lines], widths: [10] }]),
    calendar,
  );
const savedBy = ({ commands }: LoadPreview): WorkingCalendar =>
  must(commands[0]?.args.rows[0]?.row, 'a calendar') as WorkingCalendar;
const troublesOf = ({ wrong }: LoadPreview) =>
  wrong.map(({ number, trouble }) => [
    number,
    trouble.kind === 'cell'
      ? `${trouble.column} ${trouble.why}`
      : trouble.kind === 'refused'
        ? trouble.refusal.kind
        : trouble.kind,
  ]);

/** As the centre decides it, on the calendar that lies there. */
function decided(before: WorkingCalendar, commands: LoadPreview['commands']): WorkingCalendar {
  const command = must(commands[0], 'a command');
  const occasion = { role: 'administrator', surroundings: surroundingsOf('calendar', () => [], AT) } as const;
  const decision = decideRecords(new Map([[CALENDAR_ID, before as CentreRecord]]), command, occasion);
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal));
  return must(decision.rows[0], 'a row').row as WorkingCalendar;
}

const time = fc.constantFrom('08:00', '08:30', '09:00');
const hours = fc.oneof(
  fc.record({ from: time, to: fc.constantFrom('16:45', '17:00', '24:00') }),
  fc.record({ from: time, to: fc.constant('18:00'), break: fc.constant({ from: '12:00', to: '13:00' }) }),
);
const calendars = fc
  .record({
    week: fc.array(fc.option(hours), { minLength: 7, maxLength: 7 }),
    days: fc.dictionary(
      fc.integer({ min: 16_436, max: 24_000 }).map(dateOfDay),
      fc.oneof(fc.constant('off' as const), hours),
    ),
    names: fc.option(
      fc.dictionary(
        fc.integer({ min: 16_436, max: 24_000 }).map(dateOfDay),
        fc.constantFrom('=День', ' края '),
      ),
      { nil: undefined },
    ),
  })
  .map(({ names, ...rest }): WorkingCalendar => ({
    zone: ZONE,
    ...rest,
    ...(names === undefined ? {} : { names }),
  }));

describe.each(TABLE_FORMATS)('the calendar as %s', (format) => {
  it('comes back the same, to the last day', async () => {
    await fc.assert(
      fc.asyncProperty(calendars, async (calendar) => {
        const { counts, commands, wrong } = await read(written(format, calendar), calendar);
        expect(wrong).toEqual([]);
        expect(counts).toEqual({
          added: 0,
          changed: 0,
          same: 7 + Object.keys(calendar.days).length,
          wrong: 0,
        });
        expect(commands).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('comes into a region without one, and over another', async () => {
    const file = written(format, withDay(USUAL, '2026-09-15', 'off', 'День области'));
    expect(savedBy(await read(file, null))).toEqual(withDay(USUAL, '2026-09-15', 'off', 'День области'));
    const night = { ...USUAL, week: USUAL.week.map(() => ({ from: '20:00', to: '24:00' })) };
    expect(savedBy(await read(file, night)).week).toEqual(USUAL.week);
  });
});

describe('a file of days', () => {
  it('changes the days that it names, gives one back to its week, and leaves the others', async () => {
    const own = withDay(USUAL, '2026-09-15', 'off', 'День области');
    const preview = await planned(
      own,
      ['16.09.2026', 'Выходной', 'День города'],
      ['2026-09-15', 'как обычно'],
      ['Пт', '9:00 - 15:00'],
      ['31.12.2026', '08:00–12:00 (10:00–10:30)'],
    );
    expect(preview.counts).toEqual({ added: 0, changed: 4, same: 0, wrong: 0 });
    const friday = [...USUAL.week.slice(0, 4), { from: '09:00', to: '15:00' }, ...USUAL.week.slice(5)];
    const eve = { from: '08:00', to: '12:00', break: { from: '10:00', to: '10:30' } };
    const expected = withDay(
      withDay({ ...USUAL, week: friday }, '2026-09-16', 'off', 'День города'),
      '2026-12-31',
      eve,
      '',
    );
    expect(savedBy(preview)).toEqual(expected);
    expect(decided(own, preview.commands)).toEqual(expected);
    expect(
      preview.changed.map(({ number, changes }) => [number, ...changes.map(({ header }) => header)]),
    ).toEqual([
      [2, 'Рабочие часы', 'Почему'],
      [3, 'Рабочие часы', 'Почему'],
      [4, 'Рабочие часы'],
      [5, 'Рабочие часы'],
    ]);
  });

  test.each([
    ['no such day', ['31.02.2026', 'выходной'], 'day broken_date'],
    ['no day', ['', 'выходной'], 'day missing'],
    ['no hours', ['15.09.2026', ''], 'hours missing'],
    ['hours that are none', ['15.09.2026', 'до обеда'], 'hours broken_day_hours'],
    ['a day of the week as usual', ['понедельник', 'как обычно'], 'hours broken_day_hours'],
    ['hours that end before they begin', ['15.09.2026', '18:00-09:00'], 'hours_backwards'],
    ['a break outside the hours', ['пн', '09:00-18:00 (18:00-19:00)'], 'break_outside'],
    ['a day of no year that is counted', ['01.01.2050', 'выходной'], 'day_outside_calendar'],
    ['a reason of no end', ['15.09.2026', 'выходной', 'о'.repeat(201)], 'name too_long'],
  ])('with %s is refused by its row, and nothing else is', async (_, line, why) => {
    const preview = await planned(USUAL, line, ['16.09.2026', 'выходной'], ['вт', '10:00-19:00']);
    expect(troublesOf(preview)).toEqual([[2, why]]);
    expect(preview.counts.changed).toBe(2);
  });

  it('with one day twice takes the first, however it is written', async () => {
    const preview = await planned(
      USUAL,
      ['15.09.2026', 'выходной'],
      ['2026-09-15', '09:00-10:00'],
      ['пн', '10:00-11:00'],
      ['Понедельник', 'выходной'],
    );
    expect(troublesOf(preview)).toEqual([
      [3, 'repeated'],
      [5, 'repeated'],
    ]);
  });

  it('that leaves no working day in the week is refused by all of those rows, and the other days are taken', async () => {
    const week = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'].map((day) => [day, 'выходной']);
    const preview = await planned(USUAL, ['15.09.2026', 'выходной'], ...week);
    // Saturday and Sunday are off already.
    expect(troublesOf(preview)).toEqual([3, 4, 5, 6, 7].map((row) => [row, 'week_without_work']));
    expect(preview.counts).toEqual({ added: 0, changed: 1, same: 2, wrong: 5 });
  });

  it('that leaves no working day in a year is refused by the rows of that year alone', async () => {
    const first = dayOfDate('2030-01-01') ?? 0;
    const year = Array.from({ length: 365 }, (_, at) => [dateOfDay(first + at), 'выходной']);
    const preview = await planned(USUAL, ...year, ['15.09.2026', 'выходной']);
    expect(new Set(troublesOf(preview).map(([, why]) => why))).toEqual(new Set(['year_without_work']));
    expect(savedBy(preview)).toEqual({ ...USUAL, days: { ...USUAL.days, '2026-09-15': 'off' } });
  });
});

describe('a load of days is taken back', () => {
  it('day by day: what somebody changed since stays, and so does what the file did not name', async () => {
    const preview = await planned(
      USUAL,
      ['15.09.2026', 'выходной', 'День области'],
      ['16.09.2026', 'выходной'],
      ['пт', '09:00-15:00'],
    );
    const loaded = decided(USUAL, preview.commands);
    const since = withDay(
      withDay(loaded, '2026-09-16', { from: '09:00', to: '12:00' }, 'Полдня'),
      '2026-11-11',
      'off',
      'Потом',
    );
    const table = settingsTable('calendar', basisOf(since));
    const rows = must(preview.commands[0], 'a command').args.rows;
    const plan = takeBackOf(rows, { kind: 'calendar', table, now: AT, current: new Map() }, 10);
    expect(plan.back.map(({ id }) => id).toSorted()).toEqual(['2026-09-15', '5']);
    expect(plan.names).toEqual(['16.09.2026 · выходной']);
    const commands = loadCommands(recordsOf(table, plan.back), {
      kind: 'calendar',
      file: 'к',
      takesBack: null,
    });
    const after = decided(since, commands);
    expect(after.week).toEqual(USUAL.week);
    expect(after.days).toEqual({
      ...USUAL.days,
      '2026-09-16': { from: '09:00', to: '12:00' },
      '2026-11-11': 'off',
    });
    expect(after.names).toEqual({ '2026-09-16': 'Полдня', '2026-11-11': 'Потом' });
  });

  it('never of a calendar that was the first: what was before it is not known', async () => {
    const preview = await planned(null, ['пн', '09:00-18:00']);
    const saved = savedBy(preview);
    const table = settingsTable('calendar', basisOf(saved));
    const rows = must(preview.commands[0], 'a command').args.rows;
    expect(rows[0]?.from).toBeNull();
    const plan = takeBackOf(rows, { kind: 'calendar', table, now: AT, current: new Map() }, 10);
    expect(plan).toEqual({ back: [], touched: [], names: [] });
  });
});
