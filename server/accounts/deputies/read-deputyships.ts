import { MOST_DEPUTYSHIPS, type DeputySurroundings } from '#shared/domain/deputyship.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { localTimeAt, type LocalDate } from '#shared/domain/time-zone.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** The region's day at a moment. */
export async function todayOf(tx: ScopedTransaction, region: string, now: Instant): Promise<LocalDate> {
  const { time_zone: zone } = await tx
    .selectFrom('region')
    .select('time_zone')
    .where('region_id', '=', region)
    .executeTakeFirstOrThrow();
  return localTimeAt(zone, now).date;
}

/** Reads the deputies of one person that every console is told of: the last ones by their days. */
export async function readNamedFor(tx: ScopedTransaction, region: string, person: string) {
  const rows = await tx
    .selectFrom('deputyship')
    .select(['deputy_id as deputy', 'from_day as from', 'to_day as to'])
    .where('region_id', '=', region)
    .where('account_id', '=', person)
    .orderBy('to_day', 'desc')
    .limit(MOST_DEPUTYSHIPS)
    .execute();
  return rows.toReversed();
}

/** Reads what deputyships are judged on: the region's people, and what holds today or later. */
export async function readDeputySurroundings(
  tx: ScopedTransaction,
  region: string,
  now: Instant,
): Promise<DeputySurroundings> {
  const today = await todayOf(tx, region, now);
  const people = await tx
    .selectFrom('account')
    .select(['id', 'role', 'agency', 'disabled as isDisabled'])
    .where('region_id', '=', region)
    .execute();
  const named = await tx
    .selectFrom('deputyship')
    .select(['id', 'account_id as person', 'deputy_id as deputy', 'from_day as from', 'to_day as to'])
    .where('region_id', '=', region)
    .where('to_day', '>=', today)
    .orderBy('from_day')
    .orderBy('id')
    .execute();
  return { today, named, people: new Map(people.map((person) => [person.id, person])) };
}
