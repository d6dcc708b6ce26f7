import type { Instant } from '#shared/domain/instant.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { dayCell, momentOfCell } from './day-cells.ts';
import { saidIn, WrongCell } from './row-cells.ts';
import { column, type SettingsCells } from './settings-table.ts';

interface Lasting {
  readonly validFrom?: Instant | undefined;
  readonly validTo?: Instant | undefined;
  readonly successor?: string | undefined;
}

/** Columns that end the table of whatever holds for a time. */
export const FIRST_DAY = column('firstDay', 'Действует с', 13);
export const LAST_DAY = column('lastDay', 'Действует по', 13);
export const CODE = column('id', 'Код', 38);

/** The first and the last day that something holds, as cells. */
export const validityCells = (
  { validFrom, validTo }: { readonly [M in 'validFrom' | 'validTo']?: Instant | null | undefined },
  zone: ZoneName,
) => ({
  firstDay: dayCell(zone, validFrom, 'first'),
  lastDay: dayCell(zone, validTo, 'last'),
});

/** The moment of a day that a cell says; one that says nothing leaves what is kept. */
export function momentIn(
  cells: SettingsCells,
  day: 'firstDay' | 'lastDay',
  zone: ZoneName,
  kept: Instant | null | undefined,
): Instant | undefined {
  const said = saidIn(cells, day);
  if (said === undefined) return kept ?? undefined;
  const moment = momentOfCell(zone, said, day === 'firstDay' ? 'first' : 'last', kept);
  if (moment === null) throw new WrongCell(day, 'broken_date');
  return moment;
}

/**
 * From when until when a row holds. One that is over, without a successor, begins anew when a file names it
 * and says no last day: a load that was taken back may be loaded again.
 */
export function validityIn(
  cells: SettingsCells,
  before: Lasting | null,
  { zone, at }: { readonly zone: ZoneName; readonly at: Instant },
): Pick<Lasting, 'validFrom' | 'validTo'> {
  const isOver = before?.validTo !== undefined && before.validTo <= at && before.successor === undefined;
  const isReopened = isOver && saidIn(cells, 'lastDay') === undefined;
  const validFrom = momentIn(cells, 'firstDay', zone, before?.validFrom);
  const validTo = isReopened ? undefined : momentIn(cells, 'lastDay', zone, before?.validTo);
  return {
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
  };
}

/** A row of a directory that a load had added, over from now on, and never before it begins. */
export const closedEntry = <R extends { readonly [M in keyof Lasting]?: Lasting[M] | null }>(
  row: R,
  now: Instant,
): R => ({
  ...row,
  validTo: Math.max(Math.min(row.validTo ?? now, now), (row.validFrom ?? -1) + 1),
});

/** The validity of a row that a load had added: as though it never held, so that it may be loaded again. */
export const neverInForce = (at: Instant) => ({ validFrom: at, validTo: at });
