import { sql } from 'kysely';
import { municipalitySchema } from '#shared/domain/directory.ts';
import { regionDictionary } from '#shared/domain/region-dictionary.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { owedMoments } from '#shared/report/facts/controls.ts';
import { makeReport, pastPeriodsOf } from '#shared/report/summary/make-report.ts';
import { periodsOf, type Period, type ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport, ReportDirectory } from '#shared/report/summary/period-report.ts';
import { ratingRules } from '#shared/domain/rating-rules.ts';
import { letterheadOf } from '#shared/domain/regulation.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import { currentSettings } from '#server/sync/centre-settings.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import { unpackFacts } from './packed-facts.ts';
import { lockFacts, projectFacts } from './project-facts.ts';
import { readOwed } from './read-owed.ts';
import { readPast } from './read-past.ts';
import { readRegisters } from './read-registers.ts';

interface Home {
  readonly name: string;
  readonly zone: string;
}

/** The summary of a region from the API's own rows, or null when there is no such region. */
export async function reportOf(
  db: Database,
  region: string,
  request: ReportRequest | ((zone: string) => ReportRequest),
  asOf: Instant,
): Promise<PeriodReport | null> {
  const home = await withScope(db, { region }, (tx) => homeOf(tx, region));
  if (home === null) return null;
  await projectFacts(db, region, home.zone);
  const periods = periodsOf(typeof request === 'function' ? request(home.zone) : request, home.zone);
  // Read at one moment, put together afterwards: nobody waits for a summary being made.
  const { reference, facts, ...read } = await withScope(db, { region }, async (tx) => {
    await lockFacts(tx, region, 'read');
    const registers = await readRegisters(tx, region);
    const found = await currentSettings(tx, region);
    return {
      reference: found,
      registers,
      facts: await factsIn(tx, region, periods.period),
      unread: await unreadIn(tx, region, periods.period),
      past: await readPast(tx, region, pastPeriodsOf(periods, registers, home.zone)),
      owed: await readOwed(tx, region, owedMoments(periods, asOf, home.zone)),
      directory: await directoryOf(tx, home, region, found),
      dictionary: regionDictionary((await readReferenceRows(tx, region, 'topic')).map(({ row }) => row)),
    };
  });
  const { calendar, regulation } = reference;
  return makeReport({
    ...read,
    periods,
    facts: unpackFacts(facts),
    calendar,
    rules: regulation.rating ?? ratingRules,
    letterhead: letterheadOf(regulation),
    asOf,
  });
}

async function homeOf(tx: ScopedTransaction, region: string): Promise<Home | null> {
  const row = await tx
    .selectFrom('region')
    .select(['name', 'time_zone as zone'])
    .where('region_id', '=', region)
    .executeTakeFirst();
  return row ?? null;
}

/** Incidents named at most; more are a broken database. */
const MOST_UNREAD = 1000;

/** Incidents of a period that no facts could be made of, by their numbers, or ids where they have none. */
async function unreadIn(
  tx: ScopedTransaction,
  region: string,
  { start, end }: Period,
): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(i.number::text, i.id::text) as name from incident i
    where i.region_id = ${region} and i.created_at >= ${start} and i.created_at < ${end}
      and not exists (select 1 from incident_fact f where f.region_id = i.region_id and f.id = i.id)
    order by i.number, i.id limit ${MOST_UNREAD}`.execute(tx);
  return rows.map(({ name }) => name);
}

/** The packed facts of what was received in a period. */
async function factsIn(
  tx: ScopedTransaction,
  region: string,
  { start, end }: Period,
): Promise<readonly string[]> {
  // A row a day: one value of many facts is read much faster than many rows, and no string grows without
  // bounds.
  const { rows } = await sql<{ facts: string | null }>`
    select (select string_agg(fact::text, ',') from incident_fact
      where region_id = ${region} and created_at >= day
        and created_at < least(day + ${MS_PER_DAY}, ${end}::bigint)) as facts
    from generate_series(${start}::bigint, ${end}::bigint - 1, ${MS_PER_DAY}) day`.execute(tx);
  return rows.map(({ facts }) => facts ?? '');
}

async function directoryOf(
  tx: ScopedTransaction,
  { name, zone }: Home,
  region: string,
  { agencies }: CentreSettings,
): Promise<ReportDirectory> {
  const rows = await readReferenceRows(tx, region, 'municipality');
  const population = new Map(
    readableOf(
      municipalitySchema,
      rows.map(({ row }) => row),
    ).map(({ name: municipality, population: people }) => [municipality, people?.count ?? null]),
  );
  return {
    region,
    regionName: name,
    timeZone: zone,
    agencyName: (id) => agencies.get(id)?.name ?? id,
    agencyDative: (id) => agencies.get(id)?.dative ?? null,
    population: (municipality) => population.get(municipality) ?? null,
  };
}
