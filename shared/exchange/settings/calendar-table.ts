import { DAY_NAME_LENGTH, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { dayOfDate, type ZoneName } from '#shared/domain/time-zone.ts';
import { calendarParts, dayNamed, emptyCalendar, isOfWeek } from './calendar-day.ts';
import { dateIn, shownDate } from './day-cells.ts';
import { oneDayCell, oneDayIn } from './hours-cell.ts';
import { readingOf, textIn, WrongCell } from './row-cells.ts';
import type { CalendarDay } from './settings-row.ts';
import { column, type SettingsCells, type SettingsTable } from './settings-table.ts';

/** The basis that the table of the calendar is written and read on. */
export interface CalendarTableBasis {
  readonly zone: ZoneName;
  /** The calendar in force, null where there is none. */
  readonly calendar: WorkingCalendar | null;
}

const COLUMNS = [
  column('day', 'День', 16, true),
  column('hours', 'Рабочие часы', 28, true),
  column('name', 'Почему', 44),
];

const WEEK = ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'];
const SHORT = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'];

const OFF = 'выходной';
const USUAL = 'как обычно';

/**
 * The calendar as a table: seven rows of the week, then a row for each date that does not follow it. A date
 * that the file does not name stays as it is; «как обычно» gives one back to its week.
 */
export function calendarTable({ zone, calendar }: CalendarTableBasis): SettingsTable<CalendarDay> {
  return {
    title: 'Календарь',
    columns: COLUMNS,
    parts: calendarParts(calendar, zone),
    write: writeDay,
    // Every day is in the calendar, so none is new.
    find: (cells) => {
      const id = idIn(cells['day'] ?? '');
      return id === null ? null : dayNamed(calendar ?? emptyCalendar(zone), id);
    },
    read: (cells, before) => readingOf(() => readDay(cells, before)),
    close: (day) => day,
  };
}

const writeDay = ({ id, hours, name }: CalendarDay): SettingsCells => ({
  day: isOfWeek({ id }) ? (WEEK[Number(id) - 1] ?? '') : shownDate(id),
  hours: hours === 'off' ? OFF : hours === 'usual' ? USUAL : oneDayCell(hours),
  name,
});

/** The id of the day that a cell means; null for no day. */
function idIn(cell: string): string | null {
  const word = cell.toLowerCase();
  const day = [WEEK, SHORT].map((words) => words.indexOf(word)).find((at) => at !== -1);
  if (day !== undefined) return String(day + 1);
  const date = dateIn(cell);
  return date === null || dayOfDate(date) === null ? null : date;
}

function readDay(cells: SettingsCells, before: CalendarDay | null): CalendarDay {
  const { day = '', hours = '' } = cells;
  if (day === '') throw new WrongCell('day', 'missing');
  if (before === null) throw new WrongCell('day', 'broken_date');
  if (hours === '') throw new WrongCell('hours', 'missing');
  const read = hoursOfCell(hours, before);
  if (isOfWeek(before)) {
    if (read === 'usual') throw new WrongCell('hours', 'broken_day_hours');
    return { ...before, hours: read };
  }
  const name = textIn(cells, 'name', { kept: before.name, most: DAY_NAME_LENGTH });
  return { ...before, hours: read, name: read === 'usual' ? '' : name };
}

function hoursOfCell(cell: string, before: CalendarDay): CalendarDay['hours'] {
  const said = cell.toLowerCase().trim();
  if (cell === writeDay(before)['hours']) return before.hours;
  if (said === OFF) return 'off';
  return said === USUAL ? 'usual' : oneDayIn(cell);
}
