import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import type { WorkingHours } from '#shared/domain/working-hours.ts';

/**
 * One year of the Russian production calendar for a five-day week. `off`: days nobody works, holidays on
 * weekends included (`MM-DD` or `MM-DD..MM-DD`); `moved`: weekends worked instead; `shortened`: an hour less
 * on the eve of a holiday (Labour Code, article 95).
 */
export type ProductionYear = {
  readonly year: number;
  readonly off: readonly string[];
  readonly moved: readonly string[];
  readonly shortened: readonly string[];
  /** The decree was not out yet. */
  readonly isProposed?: true;
};

/** Production calendars 2018-2027, after the yearly government decrees on moved days off. */
export const russianProductionYears: readonly ProductionYear[] = [
  {
    // Government decree 1250 of 14.10.2017.
    year: 2018,
    off: [
      '01-01..01-08',
      '02-23',
      '03-08..03-09',
      '04-30..05-02',
      '05-09',
      '06-11..06-12',
      '11-04..11-05',
      '12-31',
    ],
    moved: ['04-28', '06-09', '12-29'],
    shortened: ['02-22', '03-07', '04-28', '05-08', '06-09', '12-29'],
  },
  {
    // Government decree 1163 of 01.10.2018.
    year: 2019,
    off: ['01-01..01-08', '02-23', '03-08', '05-01..05-03', '05-09..05-10', '06-12', '11-04'],
    moved: [],
    shortened: ['02-22', '03-07', '04-30', '05-08', '06-11', '12-31'],
  },
  {
    // Government decree 875 of 10.07.2019. Days the president later gave because of the epidemic are no part
    // of it: centres worked.
    year: 2020,
    off: [
      '01-01..01-08',
      '02-23..02-24',
      '03-08..03-09',
      '05-01',
      '05-04..05-05',
      '05-09',
      '05-11',
      '06-12',
      '11-04',
    ],
    moved: [],
    shortened: ['04-30', '05-08', '06-11', '11-03', '12-31'],
  },
  {
    year: 2021,
    off: [
      '01-01..01-10',
      '02-22..02-23',
      '03-08',
      // 4-7 May: non-working days with pay by presidential decree 242 of 23.04.2021.
      '05-01..05-10',
      '06-12',
      '06-14',
      // 30 October - 7 November: non-working days with pay by presidential decree 595 of 20.10.2021.
      '10-30..11-07',
      '12-31',
    ],
    moved: ['02-20'],
    shortened: ['02-20', '04-30', '06-11'],
  },
  {
    year: 2022,
    off: ['01-01..01-09', '02-23', '03-07..03-08', '05-01..05-03', '05-09..05-10', '06-12..06-13', '11-04'],
    moved: ['03-05'],
    shortened: ['02-22', '03-05', '11-03'],
  },
  {
    year: 2023,
    off: ['01-01..01-08', '02-23..02-24', '03-08', '05-01', '05-08..05-09', '06-12', '11-04', '11-06'],
    moved: [],
    shortened: ['02-22', '03-07', '11-03'],
  },
  {
    year: 2024,
    off: [
      '01-01..01-08',
      '02-23',
      '03-08',
      '04-29..05-01',
      '05-09..05-10',
      '06-12',
      '11-03..11-04',
      '12-30..12-31',
    ],
    moved: ['04-27', '11-02', '12-28'],
    shortened: ['02-22', '03-07', '05-08', '06-11', '11-02'],
  },
  {
    year: 2025,
    off: [
      '01-01..01-08',
      '02-23',
      '03-08',
      '05-01..05-02',
      '05-08..05-09',
      '06-12..06-13',
      '11-03..11-04',
      '12-31',
    ],
    moved: ['11-01'],
    shortened: ['03-07', '04-30', '06-11', '11-01'],
  },
  {
    year: 2026,
    off: ['01-01..01-09', '02-23', '03-08..03-09', '05-01', '05-09', '05-11', '06-12', '11-04', '12-31'],
    moved: [],
    shortened: ['04-30', '05-08', '06-11', '11-03'],
  },
  {
    // Not confirmed: the year repeats the weekdays of 2021; moves of 2 and 3 January and of 20 February as
    // proposed.
    year: 2027,
    isProposed: true,
    off: [
      '01-01..01-10',
      '02-22..02-23',
      '03-08',
      '05-01',
      '05-03',
      '05-09..05-10',
      '06-12',
      '06-14',
      '11-04..11-05',
      '12-31',
    ],
    moved: ['02-20'],
    shortened: ['02-20', '04-30', '06-11', '11-03'],
  },
];

/** The usual hours of a centre, and the hour given back on the eve of a holiday. */
const FULL_DAY: WorkingHours = { from: '08:30', to: '17:30' };
const SHORT_DAY: WorkingHours = { from: '08:30', to: '16:30' };

function datesOf(year: number, entry: string): LocalDate[] {
  const [first = '', last = first] = entry.split('..');
  const dates: LocalDate[] = [];
  const end = Date.parse(`${year}-${last}T00:00:00Z`);
  for (let ms = Date.parse(`${year}-${first}T00:00:00Z`); ms <= end; ms += 86_400_000) {
    dates.push(new Date(ms).toISOString().slice(0, 10));
  }
  return dates;
}

/** The `days` of a working calendar for these production years and hours. */
export function productionDays(
  years: readonly ProductionYear[],
  full: WorkingHours = FULL_DAY,
  short: WorkingHours = SHORT_DAY,
): Record<LocalDate, 'off' | WorkingHours> {
  const days: Record<LocalDate, 'off' | WorkingHours> = {};
  for (const { year, off, moved, shortened } of years) {
    const put = (entries: readonly string[], value: 'off' | WorkingHours): void => {
      for (const date of entries.flatMap((entry) => datesOf(year, entry))) {
        days[date] = value;
      }
    };
    put(off, 'off');
    put(moved, full);
    put(shortened, short);
  }
  return days;
}

/**
 * The calendar a new region starts with: Monday to Friday 08:30-17:30 and the Russian production calendar.
 */
export function defaultWorkingCalendar(zone = 'Asia/Vladivostok'): WorkingCalendar {
  return {
    zone,
    week: [FULL_DAY, FULL_DAY, FULL_DAY, FULL_DAY, FULL_DAY, null, null],
    days: productionDays(russianProductionYears),
  };
}
