import { calendarOf, workingCalendarSchema } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { deadlinePolicySchema } from '#shared/domain/deadline.ts';
import type { ReferenceFacts } from '#shared/domain/decide-context.ts';
import { agencySchema } from '#shared/domain/directory.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { regulationOf } from '#shared/domain/regulation.ts';
import type { ReferenceKind } from '#shared/protocol/sync.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** Kinds of reference rows that decisions look at. */
export const FACT_KINDS: readonly ReferenceKind[] = ['agency', 'policy', 'calendar', 'regulation'];

/**
 * Facts by region, for one database, with the revision they are of. Reading them takes milliseconds, a
 * command should not.
 */
export type FactsCache = Map<string, { readonly v: number; readonly facts: ReferenceFacts }>;

/**
 * Gives the facts of revision `v`, from the cache when it has them. Throws on a row that is not what its kind
 * says: nobody else writes them.
 */
export async function factsAt(
  tx: ScopedTransaction,
  region: string,
  v: number,
  cache: FactsCache,
): Promise<ReferenceFacts> {
  const cached = cache.get(region);
  if (cached?.v === v) return cached.facts;
  const facts = await readFacts(tx, region);
  cache.set(region, { v, facts });
  return facts;
}

/**
 * Parses reference rows; other kinds are passed over. A region whose rows are not seeded yet works by the
 * default calendar, in its own time zone, and the default deadlines and rules. An agency or a policy that
 * cannot be read is left out; throws on such a calendar, for nothing could be counted without it.
 */
export function parseFacts(
  rows: readonly { readonly kind: string; readonly row: unknown }[],
  zone: string,
): ReferenceFacts {
  const of = (kind: string): unknown[] => rows.filter((row) => row.kind === kind).map(({ row }) => row);
  const [calendar] = of('calendar');
  const agencies = readableOf(agencySchema, of('agency'));
  return {
    calendar: calendarOf(
      calendar === undefined ? defaultWorkingCalendar(zone) : workingCalendarSchema.parse(calendar),
    ),
    policies: calendar === undefined ? defaultPolicies : readableOf(deadlinePolicySchema, of('policy')),
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    regulation: regulationOf(of('regulation')[0]),
  };
}

async function readFacts(tx: ScopedTransaction, region: string): Promise<ReferenceFacts> {
  const rows = await tx
    .selectFrom('reference')
    .select(['kind', 'row'])
    .where('region_id', '=', region)
    .where('deleted', '=', false)
    .where('kind', 'in', FACT_KINDS)
    .orderBy('id')
    .execute();
  return parseFacts(rows, await zoneOf(tx, region));
}

async function zoneOf(tx: ScopedTransaction, region: string): Promise<string> {
  const { time_zone: zone } = await tx
    .selectFrom('region')
    .select('time_zone')
    .where('region_id', '=', region)
    .executeTakeFirstOrThrow();
  return zone;
}
