import { sql } from 'kysely';
import { agencySchema } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import {
  asksForDeadlines,
  policySurroundings,
  type PolicySurroundings,
} from '#shared/domain/records/policy-surroundings.ts';
import { ownRow } from '#shared/domain/records/own-row.ts';
import { RECORD_RULES, type RecordKind } from '#shared/domain/records/record-rules.ts';
import {
  municipalitiesById,
  type MunicipalityUse,
  type PlaceSurroundings,
} from '#shared/domain/records/place-surroundings.ts';
import { routeSurroundings, type RouteSurroundings } from '#shared/domain/records/route-surroundings.ts';
import {
  topicShelf,
  type TopicSurroundings,
  type TopicUse,
} from '#shared/domain/records/topic-surroundings.ts';
import type { AgencyWork, Surroundings } from '#shared/domain/records/surroundings.ts';
import { pairKey, routingRuleSchema } from '#shared/domain/routing.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { IS_CLOSED_SQL } from './is-closed-sql.ts';
import { readReferenceRows } from './reference.ts';

/** A record as it was sent. */
export interface SentRow {
  readonly id: string;
  readonly row: unknown;
}

/**
 * Gives what the judge of a record looks at and holds up other settings of the region until the transaction
 * ends: two agencies saved at one moment would not know of each other, and both be called the same.
 */
export async function lockSurroundings(
  tx: ScopedTransaction,
  region: string,
  kind: RecordKind,
  saved: readonly SentRow[],
  at: Instant,
): Promise<Surroundings | null> {
  if (RECORD_RULES[kind].judge === null) return null;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`settings of ${region}`}, 0))`.execute(tx);
  const rows = await readReferenceRows(tx, region, 'agency');
  const agencies = readableOf(
    agencySchema,
    rows.map(({ row }) => row),
  );
  return {
    at,
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    works:
      kind === 'agency'
        ? await readAgencyWork(
            tx,
            region,
            saved.map(({ id }) => id),
            at,
          )
        : null,
    ...(kind === 'route' ? { routing: await readRouting(tx, region, saved) } : {}),
    ...(kind === 'municipality' ? { places: await readPlaces(tx, region, saved, at) } : {}),
    ...(asksForDeadlines(kind) ? { deadlines: await readDeadlines(tx, region) } : {}),
    ...(kind === 'topic' ? { dictionary: await readDictionary(tx, region, saved, at) } : {}),
  };
}

/** Reads what routes are judged on: all names, and routes that lead from the same as one that is saved. */
async function readRouting(
  tx: ScopedTransaction,
  region: string,
  saved: readonly SentRow[],
): Promise<RouteSurroundings> {
  const rules = readableOf(
    routingRuleSchema,
    saved.map(({ row }) => row),
  );
  const topics = new Set(rules.map(({ topic, group }) => topic ?? group ?? ''));
  const places = new Set(rules.map(({ municipality }) => municipality ?? ''));
  const pairs = new Set(rules.map(pairKey));
  // Of thousands of routes most are passed over by a word, which costs half of what making a pair does.
  const { rows: routes } = await sql<{ row: unknown }>`select row from reference
    where region_id = ${region} and kind = 'route' and not deleted
      and coalesce(row ->> 'topic', row ->> 'group', '') = any (${[...topics]}::text[])
      and coalesce(row ->> 'municipality', '') = any (${[...places]}::text[])
      and jsonb_build_array(row -> 'topic', row -> 'group', row -> 'municipality')
        = any (${[...pairs]}::text[]::jsonb[])`.execute(tx);
  const names = {
    topic: await readReferenceRows(tx, region, 'topic'),
    municipality: await readReferenceRows(tx, region, 'municipality'),
    route: routes,
  };
  return routeSurroundings((kind) => names[kind].map(({ row }) => row));
}

/** Reads what municipalities are judged on: all of them, and what knows the saved ones by their names. */
async function readPlaces(
  tx: ScopedTransaction,
  region: string,
  saved: readonly SentRow[],
  at: Instant,
): Promise<PlaceSurroundings> {
  const stored = await readReferenceRows(tx, region, 'municipality');
  const municipalities = municipalitiesById(stored.map(({ row }) => row));
  const known = saved.flatMap(({ id }) => municipalities.get(id) ?? []);
  const { rows } = await sql<MunicipalityUse & { id: string }>`select m.id,
    (select count(*)::int from incident i
      where i.region_id = ${region} and i.municipality = m.name) as incidents,
    (select count(*)::int from reference r
      where r.region_id = ${region} and r.kind = 'route' and not r.deleted
        and r.row ->> 'municipality' = m.name
        and coalesce((r.row ->> 'validTo')::bigint > ${at}::bigint, true)) as routes
    from unnest(${known.map(({ id }) => id)}::text[], ${known.map(({ name }) => name)}::text[])
      as m(id, name)`.execute(tx);
  const uses = rows.map(({ id, incidents, routes }) => [id, { incidents, routes }] as const);
  return { municipalities, uses: new Map(uses) };
}

/** Reads what policies, rules of importance and templates are judged on. */
async function readDeadlines(tx: ScopedTransaction, region: string): Promise<PolicySurroundings> {
  const rows = {
    policy: await readReferenceRows(tx, region, 'policy'),
    topic: await readReferenceRows(tx, region, 'topic'),
  };
  return policySurroundings((kind) => rows[kind].map(({ row }) => row));
}

/** Reads what topics are judged on: all of them, and what knows those of other names now by their names. */
async function readDictionary(
  tx: ScopedTransaction,
  region: string,
  saved: readonly SentRow[],
  at: Instant,
): Promise<TopicSurroundings> {
  const topics = topicShelf((await readReferenceRows(tx, region, 'topic')).map(ownRow));
  const renamed = saved.flatMap(({ id, row }) => {
    const [before, after] = [topics.get(id), row as { readonly name?: unknown; readonly group?: unknown }];
    return before === undefined || (before.name === after.name && before.group === after.group)
      ? []
      : [{ id, name: before.name }];
  });
  if (renamed.length === 0) return { topics, uses: new Map() };
  const { rows } = await sql<TopicUse & { id: string }>`select t.id,
    (select count(*)::int from incident i where i.region_id = ${region} and i.topic = t.name) as incidents,
    (select count(*)::int from reference r
      where r.region_id = ${region} and r.kind in ('route', 'policy') and not r.deleted
        and r.row ->> 'topic' = t.name
        and coalesce((r.row ->> 'validTo')::bigint > ${at}::bigint, true)) as rules
    from unnest(${renamed.map(({ id }) => id)}::text[], ${renamed.map(({ name }) => name)}::text[])
      as t(id, name)`.execute(tx);
  return { topics, uses: new Map(rows.map(({ id, ...use }) => [id, use] as const)) };
}

/** Counts what hangs on each of these agencies now. */
export async function readAgencyWork(
  tx: ScopedTransaction,
  region: string,
  agencies: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, AgencyWork>> {
  const { rows } = await sql<AgencyWork & { id: string }>`select a.id,
    (select count(*)::int from incident
      where region_id = ${region} and incident.agency = a.id and not ${sql.raw(IS_CLOSED_SQL)}) as incidents,
    (select count(*)::int from reference r
      where r.region_id = ${region} and r.kind = 'route' and not r.deleted and r.row ->> 'agency' = a.id
        and coalesce((r.row ->> 'validTo')::bigint > ${at}::bigint, true)) as routes
    from unnest(${agencies}::text[]) as a(id)`.execute(tx);
  return new Map(rows.map(({ id, incidents, routes }) => [id, { incidents, routes }]));
}
