import { z } from 'zod';
import { calendarOf, workingCalendarSchema, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { agencySchema, existsAt, type Agency } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ReferenceKind } from '#shared/protocol/sync.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** What decisions need of a region's reference rows, parsed and compiled. */
export interface ReferenceFacts {
  /** Revision of the newest of these reference rows: facts of another one are out of date. */
  readonly v: number;
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
  readonly agencies: ReadonlyMap<string, Agency>;
}

/** Kinds of reference rows that decisions look at. */
export const FACT_KINDS: readonly ReferenceKind[] = ['agency', 'policy', 'calendar'];

/** Facts by region, for one database. Reading them takes milliseconds, a command should not. */
export type FactsCache = Map<string, ReferenceFacts>;

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
  if (cached?.v === v) return cached;
  const facts = await readFacts(tx, region, v);
  cache.set(region, facts);
  return facts;
}

/**
 * A region whose rows are not seeded yet works by the default calendar, in its own time zone, and the default
 * deadlines.
 */
async function readFacts(tx: ScopedTransaction, region: string, v: number): Promise<ReferenceFacts> {
  const rows = await tx
    .selectFrom('reference')
    .select(['kind', 'row'])
    .where('region_id', '=', region)
    .where('deleted', '=', false)
    .where('kind', 'in', FACT_KINDS)
    .orderBy('id')
    .execute();
  const of = (kind: string): unknown[] => rows.filter((row) => row.kind === kind).map(({ row }) => row);
  const [calendar] = of('calendar');
  const agencies = z.array(agencySchema).parse(of('agency'));
  const data =
    calendar === undefined
      ? defaultWorkingCalendar(await zoneOf(tx, region))
      : workingCalendarSchema.parse(calendar);
  return {
    v,
    calendar: calendarOf(data),
    policies: calendar === undefined ? defaultPolicies : z.array(deadlinePolicySchema).parse(of('policy')),
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
  };
}

async function zoneOf(tx: ScopedTransaction, region: string): Promise<string> {
  const { time_zone: zone } = await tx
    .selectFrom('region')
    .select('time_zone')
    .where('region_id', '=', region)
    .executeTakeFirstOrThrow();
  return zone;
}

/** Whether an agency may be given work at a moment: a `DecideContext.hasAgency` of these facts. */
export const agencyCheck =
  (facts: ReferenceFacts, at: Instant) =>
  (id: string): boolean => {
    const agency = facts.agencies.get(id);
    return agency !== undefined && existsAt(agency, at);
  };
