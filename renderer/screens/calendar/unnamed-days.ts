import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { isOwnDay } from '#shared/domain/production-days.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';

/** Days of the region's own that were changed and do not say why; those of before may stay so. */
export const unnamedDays = (draft: WorkingCalendar, saved: WorkingCalendar): readonly LocalDate[] =>
  [...new Set([...Object.keys(draft.days), ...Object.keys(saved.days)])]
    .filter((date) => !sameJson(draft.days[date] ?? null, saved.days[date] ?? null))
    .filter((date) => isOwnDay(draft, date) && (draft.names?.[date] ?? '').trim() === '')
    .toSorted();
