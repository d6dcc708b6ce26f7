import { CompiledQuery, sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { factsOf, type Facts } from '#shared/report/facts.ts';
import { topicKey } from '#shared/report/past.ts';
import { isFinished } from '#shared/report/steps.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { factsAt } from '#server/sync/reference-facts.ts';
import { enterDays } from './fact-days.ts';
import { packed, type PackedFacts } from './packed-facts.ts';

/** Incidents judged in one transaction. */
const PAGE = 4000;

/** A row of `incident_fact`, without the region. */
interface FactColumns {
  readonly id: string;
  readonly created_at: number;
  readonly closed_at: number | null;
  readonly is_done: boolean;
  readonly topic_key: string;
  readonly has_topic: boolean;
  readonly author_key: number;
  readonly place_key: number;
  readonly fact: PackedFacts;
}

/**
 * Brings a region's facts and their sums by day up to its revision, a page a transaction; a changed calendar, policy or zone makes
 * all of them anew. Free
 * when nothing has changed. Two processes that do it at once wait for each other. `onPage` is told how many were done.
 */
export async function projectFacts(
  db: Database,
  region: string,
  zone: ZoneName,
  onPage: (done: number) => void = () => undefined,
): Promise<void> {
  for (let done = 0, more = true; more;) {
    const count = await withScope(db, { region }, (tx) => projectPage(tx, region, zone));
    done += count;
    more = count === PAGE;
    if (count > 0) onPage(done);
  }
}

/** Until the transaction ends nobody else projects this region, or reads it while it is half done. */
export const lockFacts = async (
  tx: ScopedTransaction,
  region: string,
  mode: 'write' | 'read',
): Promise<void> => {
  const key = sql`hashtextextended(${`facts:${region}`}, 0)`;
  await (
    mode === 'write'
      ? sql`select pg_advisory_xact_lock(${key})`
      : sql`select pg_advisory_xact_lock_shared(${key})`
  ).execute(tx);
};

async function projectPage(tx: ScopedTransaction, region: string, zone: ZoneName): Promise<number> {
  await lockFacts(tx, region, 'write');
  const judgedV = await judgesRevision(tx, region);
  const from = await projectedTo(tx, region, judgedV, zone);
  const page = await tx
    .selectFrom('incident')
    .select(['v', 'row'])
    .where('region_id', '=', region)
    .where('v', '>', from)
    .orderBy('v')
    .limit(PAGE)
    .execute();
  // A revision is taken whole: what a full page may have cut off its last one comes with the next page.
  const last = page.at(-1)?.v ?? from;
  const whole = page.length === PAGE ? page.filter(({ v }) => v < last) : page;
  if (whole.length === 0) return 0;
  const context = await factsAt(tx, region, judgedV, new Map());
  const facts = whole.map(({ row }) => factsOf(row as unknown as Incident, context));
  await storeFacts(tx, region, facts, zone);
  const v = whole.at(-1)?.v ?? from;
  await tx
    .insertInto('fact_clock')
    .values({ region_id: region, v, judged_v: judgedV, zone })
    .onConflict((is) => is.column('region_id').doUpdateSet({ v, judged_v: judgedV, zone }))
    .execute();
  return page.length;
}

/** Up to which revision facts are there. Those that were judged otherwise, or belong to other days, are taken away first. */
async function projectedTo(
  tx: ScopedTransaction,
  region: string,
  judgedV: number,
  zone: ZoneName,
): Promise<number> {
  const clock = await tx
    .selectFrom('fact_clock')
    .selectAll()
    .where('region_id', '=', region)
    .executeTakeFirst();
  if (clock === undefined) return 0;
  if (clock.judged_v === judgedV && clock.zone === zone) return clock.v;
  for (const table of ['incident_fact', 'fact_day', 'fact_topic'] as const)
    await tx.deleteFrom(table).where('region_id', '=', region).execute();
  return 0;
}

/** The revision of the newest row that facts are judged by; 0 while a region works by the defaults. */
async function judgesRevision(tx: ScopedTransaction, region: string): Promise<number> {
  const { v } = await tx
    .selectFrom('reference')
    .select((is) => is.fn.coalesce(is.fn.max('v'), is.lit(0)).as('v'))
    .where('region_id', '=', region)
    .where('kind', 'in', ['calendar', 'policy'])
    .executeTakeFirstOrThrow();
  return Number(v);
}

const columnsOf = (fact: Facts): FactColumns => ({
  id: fact.id,
  created_at: fact.createdAt,
  closed_at: fact.closedAt,
  is_done: isFinished(fact),
  topic_key: topicKey(fact.group, fact.topic),
  has_topic: fact.topic !== '',
  author_key: fact.authorKey,
  place_key: fact.placeKey,
  fact: packed(fact),
});

const COLUMNS = [
  'id',
  'created_at',
  'closed_at',
  'is_done',
  'topic_key',
  'has_topic',
  'author_key',
  'place_key',
  'fact',
] as const satisfies readonly (keyof FactColumns)[];

const UPSERT = `insert into incident_fact (region_id, ${COLUMNS.join(', ')})
  select $1, ${COLUMNS.map((name) => `i.${name}`).join(', ')}
  from jsonb_to_recordset($2::jsonb) as i(id uuid, created_at bigint, closed_at bigint, is_done boolean,
    topic_key text, has_topic boolean, author_key bigint, place_key bigint, fact json)
  on conflict (region_id, id) do update set ${COLUMNS.filter((name) => name !== 'id')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

/** Puts facts, and what they add to the sums by day, in place of what was there of the same incidents. */
export async function storeFacts(
  tx: ScopedTransaction,
  region: string,
  facts: readonly Facts[],
  zone: ZoneName,
): Promise<void> {
  await enterDays(tx, region, facts, zone);
  await tx.executeQuery(CompiledQuery.raw(UPSERT, [region, JSON.stringify(facts.map(columnsOf))]));
}
