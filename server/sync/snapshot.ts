import { CompiledQuery, sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import type { SnapshotPart } from '#shared/protocol/sync.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { ndjsonPage } from './ndjson-page.ts';
import { observersLines } from './observer-rows.ts';
import { IS_CLOSED_SQL } from './is-closed-sql.ts';
import { cursorOf, snapshotPlace } from './snapshot-cursor.ts';
import { hidesAuthors, scopeOf, type SyncSession } from './sync-session.ts';

/** `bad_cursor`: `after` is not one that a page gave as `next`. */
export type SnapshotResult =
  | { readonly kind: 'page'; readonly body: Buffer }
  | { readonly kind: 'bad_cursor' };

/**
 * Each gives `key`, what the cursor needs of a row, and `line`. $1 region, $2 limit, then the key of the last
 * row.
 */
const INCIDENT_LINE = `'{"t":"incident","v":' || i.v || ',"row":' || i.row::text || '}' as line`;

const PAGES: Readonly<Record<SnapshotPart, string>> = {
  reference: `select json_build_array(r.kind, r.id) as key,
      '{"t":"reference","v":' || r.v || ',"kind":"' || r.kind || '","id":' || to_json(r.id)::text ||
        ',"row":' || r.row::text || '}' as line
    from reference r where r.region_id = $1::text and not r.deleted and (r.kind, r.id) > ($3::text, $4::text)
      order by r.kind, r.id limit $2::int`,
  open: `select json_build_array(i.id) as key, ${INCIDENT_LINE}
    from incident i where i.region_id = $1::text and not ${IS_CLOSED_SQL} and i.id > $3::uuid order by i.id
      limit $2::int`,
  closed: `select json_build_array(i.created_at, i.id) as key, ${INCIDENT_LINE}
    from incident i where i.region_id = $1::text and ${IS_CLOSED_SQL} and (i.created_at, i.id) < ($3::bigint,
      $4::uuid)
    order by i.created_at desc, i.id desc limit $2::int`,
};

const COUNTS: Readonly<Record<SnapshotPart, string>> = {
  reference: 'select count(*) as n from reference where region_id = $1::text and not deleted',
  open: `select count(*) as n from incident where region_id = $1::text and not ${IS_CLOSED_SQL}`,
  closed: `select count(*) as n from incident where region_id = $1::text and ${IS_CLOSED_SQL}`,
};

async function run<Row>(
  tx: ScopedTransaction,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await tx.executeQuery<Row>(CompiledQuery.raw(text, [...values]) as CompiledQuery<Row>);
  return rows;
}

/**
 * Pages walk an index. The planner cannot judge what row-level security lets through, takes it for a handful,
 * and would write out and sort the whole region for every page: at 100,000 incidents seconds in place of
 * milliseconds. Ends with the transaction.
 */
async function walkIndexes(tx: ScopedTransaction): Promise<void> {
  await sql`select set_config('enable_sort', 'off', true)`.execute(tx);
}

/**
 * Epoch and clock. Read before the rows of a page: what changes meanwhile comes again with the feed after
 * `v0`.
 */
export async function clockOf(tx: ScopedTransaction, region: string): Promise<{ epoch: string; v: number }> {
  return tx
    .selectFrom('sync_clock')
    .innerJoin('region', 'region.region_id', 'sync_clock.region_id')
    .select(['region.epoch', 'sync_clock.v'])
    .where('sync_clock.region_id', '=', region)
    .executeTakeFirstOrThrow();
}

/**
 * One page of the first download: open incidents by id, closed ones newest first, reference rows by kind and
 * id.
 */
export async function snapshotPage(
  db: Database,
  session: SyncSession,
  part: SnapshotPart,
  after: string,
  limit: number,
): Promise<SnapshotResult> {
  const place = snapshotPlace(part, after);
  if (place === null) return { kind: 'bad_cursor' };
  const { clock, rows, estimate } = await withScope(db, scopeOf(session), async (tx) => {
    await walkIndexes(tx);
    return {
      clock: await clockOf(tx, session.region),
      rows: await run<{ key: (string | number)[]; line: string }>(tx, PAGES[part], [
        session.region,
        limit,
        ...place.key,
      ]),
      estimate:
        place.estimate ??
        must((await run<{ n: number }>(tx, COUNTS[part], [session.region]))[0], 'a count').n,
    };
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  const frame = {
    epoch: clock.epoch,
    v0: clock.v,
    estimate,
    next: last === undefined ? null : cursorOf(estimate, last.key),
  };
  const lines = rows.map(({ line }) => line);
  return {
    kind: 'page',
    body: ndjsonPage(hidesAuthors(session) ? await observersLines(lines) : lines, frame),
  };
}

const BUCKET_PAGE = `select json_build_array(i.id) as key, ${INCIDENT_LINE}
  from incident i where i.region_id = $1::text and get_byte(uuid_send(i.id), 15) = $4::int
    and i.id > $3::uuid order by i.id limit $2::int`;

/** One page of one bucket's incidents, for repair after digests differed. */
export async function bucketPage(
  db: Database,
  session: SyncSession,
  bucket: number,
  after: string,
  limit: number,
): Promise<SnapshotResult> {
  const place = snapshotPlace('open', after);
  if (place === null) return { kind: 'bad_cursor' };
  const { clock, rows } = await withScope(db, scopeOf(session), async (tx) => ({
    clock: await clockOf(tx, session.region),
    rows: await run<{ key: string[]; line: string }>(tx, BUCKET_PAGE, [
      session.region,
      limit,
      ...place.key,
      bucket,
    ]),
  }));
  const last = rows.length === limit ? rows.at(-1) : undefined;
  const frame = {
    epoch: clock.epoch,
    v0: clock.v,
    estimate: rows.length,
    next: last === undefined ? null : cursorOf(rows.length, last.key),
  };
  const lines = rows.map(({ line }) => line);
  return {
    kind: 'page',
    body: ndjsonPage(hidesAuthors(session) ? await observersLines(lines) : lines, frame),
  };
}
