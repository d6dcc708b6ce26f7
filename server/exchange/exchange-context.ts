import { z } from 'zod';
import { calendarOf, workingCalendarSchema } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { deadlinePolicySchema } from '#shared/domain/deadline.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ImportContext } from '#shared/exchange/context.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { nameBook, type NameBook } from './name-book.ts';

/** A region as the exchange sees it. */
export interface ExchangeRegion {
  readonly context: ImportContext;
  readonly book: NameBook;
}

/** Reads what rows are read and written with; null when there is no such region. */
export async function readExchangeRegion(
  db: Database,
  region: string,
  now: Instant,
): Promise<ExchangeRegion | null> {
  return withScope(db, { region }, async (tx) => {
    const found = await tx
      .selectFrom('region')
      .select(['name', 'time_zone'])
      .where('region_id', '=', region)
      .executeTakeFirst();
    if (found === undefined) return null;
    const rows = await readReferenceRows(tx, region);
    const book = nameBook(rows);
    const calendar = rows.find(({ kind }) => kind === 'calendar')?.row;
    const policies = rows.filter(({ kind }) => kind === 'policy').map(({ row }) => row);
    const context: ImportContext = {
      region,
      regionName: found.name,
      // A region whose rows are not seeded yet works by the default calendar and deadlines
      // (server/sync/reference-facts.ts).
      calendar: calendarOf(
        calendar === undefined
          ? defaultWorkingCalendar(found.time_zone)
          : workingCalendarSchema.parse(calendar),
      ),
      policies: calendar === undefined ? defaultPolicies : z.array(deadlinePolicySchema).parse(policies),
      agencyId: book.agencyId,
      agencyName: book.agencyName,
      now,
    };
    return { context, book };
  });
}
