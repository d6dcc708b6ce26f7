import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { parseLocalTimestamp, type ZoneName } from '#shared/domain/time-zone.ts';

/** Moments that stand for «from the beginning» and «up to now and further». */
const BEGINNING: Instant = 0;
const END: Instant = Date.UTC(2200, 0, 1);

/**
 * Days `YYYY-MM-DD` of the region's calendar, both included, as moments [from, to); null when one is no day.
 */
export function exportRange(
  zone: ZoneName,
  from: string | undefined,
  to: string | undefined,
): { readonly from: Instant; readonly to: Instant } | null {
  const start = from === undefined ? BEGINNING : dayStart(zone, from);
  const end = to === undefined ? END : nextDayStart(zone, to);
  return start === null || end === null ? null : { from: start, to: end };
}

const dayStart = (zone: ZoneName, day: string): Instant | null =>
  parseLocalTimestamp(zone, `${day} 00:00:00`);

/** A day is not always 24 hours long, so the next one is asked for by its date. */
function nextDayStart(zone: ZoneName, day: string): Instant | null {
  const start = Date.parse(`${day}T00:00:00Z`);
  if (dayStart(zone, day) === null || Number.isNaN(start)) return null;
  return dayStart(zone, new Date(start + MS_PER_DAY).toISOString().slice(0, 10));
}
