import type { Instant } from '#shared/domain/instant.ts';
import { dateOfDay, localDayAt, type LocalDate } from '#shared/domain/time-zone.ts';
import { periodAhead, type Control, type Owed } from '#shared/report/facts/controls.ts';
import type { ReportPeriods } from '#shared/report/facts/period.ts';
import { ranked } from '#shared/report/facts/statistics.ts';

/** A promise that falls due, or has fallen due and was not kept. */
export interface PromiseAhead extends Pick<Control, 'id' | 'number' | 'group' | 'topic' | 'municipality'> {
  readonly date: LocalDate;
  readonly isLate: boolean;
  readonly agencyName: string;
}

/**
 * Work that lies before the centre when the summary is made; of messages received up to the end of its
 * period.
 */
export interface Ahead {
  /** The period after, in which promises fall due. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Not answered, and the deadline is past. */
  readonly overdue: number;
  readonly overdueAgencies: readonly {
    readonly agency: string;
    readonly name: string;
    readonly count: number;
  }[];
  /** Promised for a day up to `to` and still open, those already late among them. */
  readonly promised: number;
  readonly promisedLate: number;
  /** The first of them, by day. */
  readonly promises: readonly PromiseAhead[];
}

interface AheadInput {
  readonly owed: Owed;
  readonly periods: ReportPeriods;
  readonly asOf: Instant;
  readonly directory: {
    readonly timeZone: string;
    readonly agencyName: (id: string) => string;
  };
}

/** See {@link Ahead}. */
export function aheadOf({ owed, periods, asOf, directory }: AheadInput): Ahead {
  const { timeZone } = directory;
  const { from, to } = periodAhead(periods, timeZone);
  const nameOf = (agency: string): string => (agency === '' ? '' : directory.agencyName(agency));
  const overdue = ranked(owed.overdue);
  return {
    from,
    to,
    overdue: overdue.reduce((sum, { count }) => sum + count, 0),
    overdueAgencies: overdue.map(({ key, count }) => ({ agency: key, name: nameOf(key), count })),
    promised: owed.promised,
    promisedLate: owed.promisedLate,
    promises: owed.nearest.map((control) => ({
      id: control.id,
      number: control.number,
      group: control.group,
      topic: control.topic,
      municipality: control.municipality,
      date: dateOfDay(localDayAt(timeZone, control.promiseAt ?? asOf)),
      isLate: (control.promiseAt ?? asOf) < asOf,
      agencyName: nameOf(control.agency),
    })),
  };
}
