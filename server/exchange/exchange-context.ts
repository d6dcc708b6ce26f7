import type { Instant } from '#shared/domain/instant.ts';
import type { ImportContext } from '#shared/exchange/context.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import { parseCentreSettings } from '#server/sync/centre-settings.ts';
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
    const { calendar, policies } = parseCentreSettings(rows, found.time_zone);
    const context: ImportContext = {
      region,
      regionName: found.name,
      calendar,
      policies,
      agencyId: book.agencyId,
      agencyName: book.agencyName,
      municipalityName: book.municipalityName,
      topicOf: book.topicOf,
      now,
    };
    return { context, book };
  });
}
