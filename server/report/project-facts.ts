import { CompiledQuery, sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import { localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';
import { factsOf, type Facts, type FactsContext } from '#shared/report/facts.ts';
import { topicKey } from '#shared/report/past.ts';
import { isFinished, isTaken } from '#shared/report/steps.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { factsAt } from '#server/sync/reference-facts.ts';

/** Incidents judged in one transaction. */
const PAGE = 4000;

/** A row of `incident_fact`, without the region. */
interface FactColumns {
  readonly id: string;
  readonly created_at: number;
  readonly day: number;
  readonly closed_at: number | null;
  readonly is_done: boolean;
  readonly is_solved: boolean;
  readonly is_taken: boolean;
  readonly is_answered: boolean;
  readonly working: number | null;
  readonly in_time: boolean | null;
  readonly topic_key: string;
  readonly has_topic: boolean;
  readonly author_key: number;
  readonly place_key: number;
  readonly fact: Facts;
}

/**
 * Brings a region's facts up to its revision, a page a transaction; a changed calendar or policy judges all of them anew. Free
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
  const before = await tx
    .selectFrom('fact_clock')
    .select(['v', 'judged_v'])
    .where('region_id', '=', region)
    .executeTakeFirst();
  const from = before?.judged_v === judgedV ? before.v : 0;
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
  const context = await factsAt(tx, region, judgedV, new Map());
  await storeFacts(
    tx,
    region,
    whole.map(({ row }) => columnsOf(row as unknown as Incident, context, zone)),
  );
  const v = whole.at(-1)?.v ?? from;
  if (v !== before?.v || judgedV !== before.judged_v)
    await tx
      .insertInto('fact_clock')
      .values({ region_id: region, v, judged_v: judgedV })
      .onConflict((is) => is.column('region_id').doUpdateSet({ v, judged_v: judgedV }))
      .execute();
  return page.length;
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

function columnsOf(incident: Incident, context: FactsContext, zone: ZoneName): FactColumns {
  const fact = factsOf(incident, context);
  return {
    id: fact.id,
    created_at: fact.createdAt,
    day: localDayAt(zone, fact.createdAt),
    closed_at: fact.closedAt,
    is_done: isFinished(fact),
    is_solved: fact.outcome === 'solved',
    is_taken: isTaken(fact),
    is_answered: fact.firstReplyAt !== null,
    working: fact.workingMinutes,
    in_time: fact.inTime,
    topic_key: topicKey(fact.group, fact.topic),
    has_topic: fact.topic !== '',
    author_key: fact.authorKey,
    place_key: fact.placeKey,
    fact,
  };
}

const COLUMNS = [
  'id',
  'created_at',
  'day',
  'closed_at',
  'is_done',
  'is_solved',
  'is_taken',
  'is_answered',
  'working',
  'in_time',
  'topic_key',
  'has_topic',
  'author_key',
  'place_key',
  'fact',
] as const satisfies readonly (keyof FactColumns)[];

const UPSERT = `insert into incident_fact (region_id, ${COLUMNS.join(', ')})
  select $1, ${COLUMNS.map((name) => `i.${name}`).join(', ')}
  from jsonb_to_recordset($2::jsonb) as i(id uuid, created_at bigint, day int, closed_at bigint, is_done boolean,
    is_solved boolean, is_taken boolean, is_answered boolean, working int, in_time boolean, topic_key text,
    has_topic boolean, author_key bigint, place_key bigint, fact jsonb)
  on conflict (region_id, id) do update set ${COLUMNS.filter((name) => name !== 'id')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

async function storeFacts(
  tx: ScopedTransaction,
  region: string,
  rows: readonly FactColumns[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.executeQuery(CompiledQuery.raw(UPSERT, [region, JSON.stringify(rows)]));
}
