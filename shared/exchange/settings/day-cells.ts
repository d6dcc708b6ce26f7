import { isSensibleDay } from '#shared/domain/bounds.ts';
import type { Instant } from '#shared/domain/instant.ts';
import {
  dateOfDay,
  dayOfDate,
  instantAtLocal,
  localDayAt,
  type LocalDate,
  type ZoneName,
} from '#shared/domain/time-zone.ts';

/** `first`: the day something begins; `last`: the last day it holds, the moment being the end of that day. */
export type DayEdge = 'first' | 'last';

/** A date as people write it: «31.12.2026». */
export const shownDate = (date: LocalDate): string => date.split('-').toReversed().join('.');

/** A moment as a day of the region, «31.12.2026»; '' for none. */
export function dayCell(zone: ZoneName, at: Instant | null | undefined, edge: DayEdge): string {
  if (at === undefined || at === null) return '';
  return shownDate(dateOfDay(localDayAt(zone, edge === 'last' ? at - 1 : at)));
}

/** `2026-12-31`, with or without a time, as a spreadsheet's date arrives. */
const ISO = /^(\d{4}-\d\d-\d\d)(?:[ T].*)?$/;
const RUSSIAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: .*)?$/;

/** The date that a cell says, `2026-12-31`; null for what is no date. It may be no day of the calendar. */
export function dateIn(cell: string): LocalDate | null {
  const iso = ISO.exec(cell)?.[1];
  if (iso !== undefined) return iso;
  const [, day = '', month = '', year = ''] = RUSSIAN.exec(cell) ?? [];
  return year === '' ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * The moment that a day means; undefined for an empty cell, null for one that is no day. A day that says what
 * `before` already is keeps its moment to the minute.
 */
export function momentOfCell(
  zone: ZoneName,
  cell: string,
  edge: DayEdge,
  before: Instant | null | undefined,
): Instant | undefined | null {
  if (cell === '') return undefined;
  if (before !== null && before !== undefined && cell === dayCell(zone, before, edge)) return before;
  const date = dateIn(cell);
  const day = date === null || !isSensibleDay(date) ? null : dayOfDate(date);
  return day === null ? null : instantAtLocal(zone, day + (edge === 'last' ? 1 : 0), 0);
}
