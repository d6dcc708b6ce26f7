import type { DayHours } from '#shared/domain/calendar.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import type { Refusal } from '#shared/domain/refusal.ts';

/** A day of the week, or a date that does not follow it, as a row of the calendar's table. */
export interface CalendarDay {
  /** `1` … `7` for Monday … Sunday, else the date. */
  readonly id: string;
  /** `usual` for a date that follows its week. */
  readonly hours: DayHours | 'usual';
  /** Why the day differs; '' where nobody says. */
  readonly name: string;
}

/** A row of a settings table: a record, or a part of the one record of its kind. */
export type SettingsRow = CentreRecord | CalendarDay;

/** How rows of a table are parts of the one record of its kind, as the days are of the calendar. */
export interface RecordParts<R> {
  /** Id of the record. */
  readonly id: string;
  /** The record as it is; null where there is none yet. */
  readonly record: CentreRecord | null;
  /** All parts that a file has. */
  readonly of: (record: CentreRecord) => readonly R[];
  /** One part; every id names one. */
  readonly named: (record: CentreRecord, id: string) => R;
  /** The record with these parts in it. */
  readonly laid: (rows: readonly R[]) => CentreRecord;
  /** Parts of one bundle may be wrong together though none is alone; bundles of lesser names come first. */
  readonly bundle: (row: R) => string;
  /** Why parts may not be laid where `known` are laid already; it judges nothing but `rows`. */
  readonly judge: (rows: readonly R[], known: readonly R[]) => Refusal | null;
  /** Ids of the parts in which two records differ. */
  readonly differing: (before: CentreRecord, after: CentreRecord) => readonly string[];
}
