import { CompiledQuery } from 'kysely';
import type { ChangesQuery } from '#shared/protocol/sync.ts';
import { must } from '#shared/domain/must.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { observersChanges } from './observer-rows.ts';
import { hidesAuthors, scopeHashOf, scopeOf, type SyncSession } from './sync-session.ts';
import { walkIndexes } from './walk-indexes.ts';

/**
 * Why a cursor is of no use. `bucket`: the rows are good and digests tell which differ; `full`: it is another
 * database.
 */
export interface Resync {
  readonly kind: 'resync';
  readonly reset: 'full' | 'bucket';
  readonly reason: 'epoch' | 'scope' | 'ahead' | 'put_back' | 'too_old';
}

/** `body` is the JSON text of a `ChangesResponse`. */
export type ChangesResult = { readonly kind: 'changes'; readonly body: string } | Resync;

interface Page {
  readonly epoch: string;
  readonly head: number;
  readonly log_from: number;
  readonly upto: number;
  /** Marks of the cursor and of the page's end. */
  readonly mark_here: string | null;
  /** Marks of earlier revisions are forgotten. */
  readonly marked_from: number;
  readonly mark: string | null;
  readonly last_seq: number;
  readonly outcomes: string;
  readonly changes: string;
}

/** The changes of a page as lines of JSON. */
const linesSql = (isExecutor: boolean): string => `lines as (
  select i.v, 1 as place, '{"op":"put","entity":"incident","v":' || i.v || ',"id":"' || i.id
    || '","row":' || i.row::text || '}' as line
  from incident i where i.region_id = $1::text and i.v > $2::bigint and i.v <= (select upto from page)
  union all
  select r.v, 0, '{"op":' || case when r.deleted then '"del"' else '"put"' end || ',"entity":"' || r.kind
    || '","v":' || r.v || ',"id":' || to_json(r.id)::text
    || case when r.deleted then '' else ',"row":' || r.row::text end || '}'
  from reference r where r.region_id = $1::text and r.v > $2::bigint and r.v <= (select upto from page)
  union all
  select v, 2, '{"op":"${isExecutor ? 'evict' : 'del'}","entity":"incident","v":' || v
    || ',"id":"' || id || '"}' from gone),`;

/** Outcomes of the asking client's commands within a page, also of those it sent again. */
const DECIDED_SQL = `decided as (
  select v, seq, outcome from sync_command where region_id = $1::text and client_id = $4::uuid
    and v > $2::bigint and v <= (select upto from page)
  union all
  select p.v, p.seq, jsonb_set(c.outcome, '{seq}', to_jsonb(p.seq)) from sync_replay p
  join sync_command c on c.region_id = p.region_id and c.id = p.command_id
  where p.region_id = $1::text and p.client_id = $4::uuid and p.v > $2::bigint
    and p.v <= (select upto from page))`;

/** Bytes around a row in a page, about. */
const FRAME_BYTES = 100;
const LARGEST_OUTCOME = 1000;
/** Outcomes in one page. */
const OUTCOMES = 5000;

const changedIn = (table: string, bytes: string, limit: string | number, also = ''): string =>
  `(select v, ${bytes} as bytes from ${table} where region_id = $1::text ${also} and v > $2::bigint
    order by v limit ${limit})`;

/** Rows of a page by revision and size. An executor's may have to be taken away, which the log tells. */
const rowsSql = (isExecutor: boolean): string =>
  [
    changedIn('incident', 'bytes', '$3::int'),
    changedIn('reference', 'bytes', '$3::int'),
    ...(isExecutor ? [changedIn('change_log', '0', '$3::int', `and entity = 'incident'`)] : []),
  ].join(' union all ');
const OUTCOMES_SQL = [
  changedIn('sync_command', 'octet_length(outcome::text)', OUTCOMES, 'and client_id = $4::uuid'),
  changedIn('sync_replay', String(LARGEST_OUTCOME), OUTCOMES, 'and client_id = $4::uuid'),
].join(' union all ');

/**
 * $1 region, $2 after, $3 limit, $4 client, $5 bytes. One statement, so one snapshot: rows, outcomes and the
 * count belong together.
 *
 * A row says itself at which revision it last changed, so a row changed five times is found once, at its
 * newest. The page is everything up to the revision of its last row, as many rows as fit: a revision is never
 * split, so the first is sent whatever it holds. What is not
 * there any more, or not for this session's eyes, is found through the log, which keeps for every change the
 * agencies that saw the row before or after it. The log's ids are made uuids first: with the cast in the
 * condition, row-level security could not use the index (a cast may leak).
 */
const pageSql = (isExecutor: boolean): string => `
with state as materialized (
  select c.v as head, c.log_from, r.epoch from sync_clock c join region r on r.region_id = c.region_id
    where c.region_id = $1::text),
touched as materialized (select v, bytes from (${rowsSql(isExecutor)}) u order by v limit $3::int),
decisions as materialized (select v, bytes from (${OUTCOMES_SQL}) u order by v limit ${OUTCOMES}),
known as materialized (select least(
  case when (select count(*) from touched) < $3::int then head else (select max(v) from touched) end,
  case when (select count(*) from decisions) < ${OUTCOMES} then head else (select max(v) from decisions) end
  ) as upto from state),
summed as materialized (
  select v, sum(bytes + ${FRAME_BYTES}) over (order by v) as bytes
  from (select * from touched union all select * from decisions) u where v <= (select upto from known)),
page as materialized (
  select case when (select coalesce(max(bytes), 0) from summed) <= $5::bigint then upto
    else coalesce((select max(v) from summed where bytes <= $5::bigint), (select min(v) from summed))
    end as upto from known),
logged as materialized (
  select l.id::uuid as id, max(l.v) as v from change_log l
  where l.region_id = $1::text and l.v > $2::bigint and l.v <= (select upto from page)
    and l.entity = 'incident'
    and ${isExecutor ? 'true' : `l.op <> 'put'`} group by l.id),
gone as (
  select id, v from logged l where not exists (select 1 from incident i where i.region_id = $1::text
    and i.id = l.id)),
${linesSql(isExecutor)}
${DECIDED_SQL}
select state.epoch, state.head, state.log_from, page.upto,
  (select mark from revision where region_id = $1::text and v = $2::bigint) as mark_here,
  (select mark from revision where region_id = $1::text and v = page.upto) as mark,
  (select min(v) from revision where region_id = $1::text) as marked_from,
  greatest(
    (select seq from sync_command where region_id = $1::text and client_id = $4::uuid and v <= page.upto
      order by v desc limit 1),
    (select seq from sync_replay where region_id = $1::text and client_id = $4::uuid and v <= page.upto
      order by v desc limit 1), 0) as last_seq,
  (select coalesce(string_agg(outcome::text, ',' order by seq), '') from decided) as outcomes,
  (select coalesce(string_agg(line, ',' order by v, place), '') from lines) as changes
from state cross join page`;

/** The answer to a console whose copy is of no use here. */
export const resync = (reset: Resync['reset'], reason: Resync['reason']): Resync => ({
  kind: 'resync',
  reset,
  reason,
});

/** Why a cursor leads nowhere in the region as it is; null when it does. */
export function uselessCursor(
  { epoch, after, mark }: Pick<ChangesQuery, 'epoch' | 'after' | 'mark'>,
  region: Pick<Page, 'epoch' | 'head' | 'log_from' | 'mark_here' | 'marked_from'>,
): Resync | null {
  if (epoch !== region.epoch) return resync('full', 'epoch');
  if (after > region.head) return resync('full', 'ahead');
  const isForgotten = mark !== undefined && after < region.marked_from;
  if (mark !== undefined && mark !== region.mark_here && !isForgotten) return resync('full', 'put_back');
  return isForgotten || after < region.log_from ? resync('bucket', 'too_old') : null;
}

/**
 * Everything that changed after a cursor, up to about `limit` rows, with the outcomes of this client's
 * commands among it.
 */
export async function changesAfter(
  db: Database,
  session: SyncSession,
  query: ChangesQuery,
): Promise<ChangesResult> {
  if (query.scope !== scopeHashOf(session)) return resync('bucket', 'scope');
  const { after, limit, clientId, bytes } = query;
  const text = pageSql(scopeOf(session).agency !== null);
  const page = await withScope(db, scopeOf(session), async (tx) => {
    await walkIndexes(tx);
    const { rows } = await tx.executeQuery<Page>(
      CompiledQuery.raw(text, [session.region, after, limit, clientId, bytes]) as CompiledQuery<Page>,
    );
    return must(rows[0], `region ${session.region} has a clock`);
  });
  const useless = uselessCursor(query, page);
  if (useless !== null) return useless;
  const { epoch, head, upto: to, last_seq: lastSeq, outcomes, changes } = page;
  const shown = hidesAuthors(session) ? await observersChanges(changes) : changes;
  const frame = JSON.stringify({ epoch, from: after, to, mark: page.mark, more: to < head, lastSeq });
  return { kind: 'changes', body: `${frame.slice(0, -1)},"outcomes":[${outcomes}],"changes":[${shown}]}` };
}
