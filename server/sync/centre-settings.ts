import { sql } from 'kysely';
import { agencyWeeks } from '#shared/domain/agency-hours.ts';
import { calendarOf, workingCalendarSchema } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { deadlinePolicySchema } from '#shared/domain/deadline.ts';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import { agencySchema } from '#shared/domain/directory.ts';
import { must } from '#shared/domain/must.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { regulationOf } from '#shared/domain/regulation.ts';
import type { ReferenceKind } from '#shared/protocol/sync.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { regionMemory } from '#server/store/region-memory.ts';

/** Kinds of reference rows that decisions look at. */
export const DECISION_KINDS: readonly ReferenceKind[] = ['agency', 'policy', 'calendar', 'regulation'];

/** Settings with the revision they are of, and the zone of the region: without a calendar it makes one. */
interface CachedSettings {
  readonly v: number;
  readonly zone: string;
  readonly settings: CentreSettings;
}

/** Settings that all who decide share: reading them takes milliseconds, a command should not. */
const cachedOf = regionMemory<CachedSettings>();

/** Reads the settings that decisions of pages, jobs and summaries go by, as they stand now. */
export async function currentSettings(tx: ScopedTransaction, region: string): Promise<CentreSettings> {
  const { rows } = await sql<{ v: number; zone: string | null }>`select
    (select coalesce(max(v), 0) from reference
      where region_id = ${region} and kind = any (${DECISION_KINDS})) as v,
    (select time_zone from region where region_id = ${region}) as zone`.execute(tx);
  const { v, zone } = must(rows[0], 'one row');
  const cache = cachedOf(tx);
  if (cache.get(region)?.zone !== zone) cache.delete(region);
  return settingsAt(tx, region, v);
}

/**
 * Gives the settings of revision `v`, remembered or read. Throws on a row that is not what its
 * kind says: nobody else writes them.
 */
export async function settingsAt(tx: ScopedTransaction, region: string, v: number): Promise<CentreSettings> {
  const cache = cachedOf(tx);
  const cached = cache.get(region);
  if (cached?.v === v) return cached.settings;
  const zone = await zoneOf(tx, region);
  const settings = await readCentreSettings(tx, region, zone);
  cache.set(region, { v, zone, settings });
  return settings;
}

/**
 * Parses reference rows; other kinds are passed over. A region whose rows are not seeded yet works by the
 * default calendar, in its own time zone, and the default deadlines and rules. An agency or a policy that
 * cannot be read is left out; throws on such a calendar, for nothing could be counted without it.
 */
export function parseCentreSettings(
  rows: readonly { readonly kind: string; readonly row: unknown }[],
  zone: string,
): CentreSettings {
  const of = (kind: string): unknown[] => rows.filter((row) => row.kind === kind).map(({ row }) => row);
  const [calendar] = of('calendar');
  const agencies = readableOf(agencySchema, of('agency'));
  return {
    calendar: calendarOf(
      calendar === undefined ? defaultWorkingCalendar(zone) : workingCalendarSchema.parse(calendar),
      agencyWeeks(agencies),
    ),
    policies: calendar === undefined ? defaultPolicies : readableOf(deadlinePolicySchema, of('policy')),
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    regulation: regulationOf(of('regulation')[0]),
  };
}

async function readCentreSettings(
  tx: ScopedTransaction,
  region: string,
  zone: string,
): Promise<CentreSettings> {
  const rows = await tx
    .selectFrom('reference')
    .select(['kind', 'row'])
    .where('region_id', '=', region)
    .where('deleted', '=', false)
    .where('kind', 'in', DECISION_KINDS)
    .orderBy('id')
    .execute();
  return parseCentreSettings(rows, zone);
}

async function zoneOf(tx: ScopedTransaction, region: string): Promise<string> {
  const { time_zone: zone } = await tx
    .selectFrom('region')
    .select('time_zone')
    .where('region_id', '=', region)
    .executeTakeFirstOrThrow();
  return zone;
}
