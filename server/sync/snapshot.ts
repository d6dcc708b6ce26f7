import { CompiledQuery } from 'kysely';
import { must } from '#shared/domain/must.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import type { SnapshotPart } from '#shared/protocol/sync.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { resync, type Resync } from './changes.ts';
import { ndjsonPage } from './ndjson-page.ts';
import { observersLines } from './observer-rows.ts';
import { IS_CLOSED_SQL } from './is-closed-sql.ts';
import { knowsRevision } from './put-back.ts';
import { cursorOf, snapshotPlace } from './snapshot-cursor.ts';
import { hidesAuthors, scopeHashOf, scopeOf, type SyncSession } from './sync-session.ts';
import { walkIndexes } from './walk-indexes.ts';

/** `bad_cursor`: `after` is not one that a page gave as `next`. */
export type PageResult = { readonly kind: 'page'; readonly body: Buffer } | { readonly kind: 'bad_cursor' };

/** `resync`: the console has seen what this database does not know. */
export type SnapshotResult = PageResult | Resync;

const LINES = {
  incident: `'{"t":"incident","v":' || i.v || ',"row":' || i.row::text || '}'`,
  reference: `'{"t":"reference","v":' || i.v || ',"kind":"' || i.kind || '","id":' || to_json(i.id)::text
    || ',"row":' || i.row::text || '}'`,
} as const;

/** Rows of a page in their order; `join` finds one of them, `i`, again. */
interface PageSql {
  readonly table: keyof typeof LINES;
  readonly key: string;
  readonly where: string;
  readonly order: string;
  readonly join: string;
}

const BY_ID = { table: 'incident', key: 'id', order: 'id', join: 'i.id = p.id' } as const;

/** $1 region, $2 limit, $3 bytes, then the key of the last row. */
const PAGES: Readonly<Record<SnapshotPart, PageSql>> = {
  reference: {
    table: 'reference',
    key: 'kind, id',
    where: 'not deleted and (kind, id) > ($4::text, $5::text)',
    order: 'kind, id',
    join: 'i.kind = p.kind and i.id = p.id',
  },
  open: { ...BY_ID, where: `not ${IS_CLOSED_SQL} and id > $4::uuid` },
  closed: {
    ...BY_ID,
    key: 'created_at, id',
    where: `${IS_CLOSED_SQL} and (created_at, id) < ($4::bigint, $5::uuid)`,
    order: 'created_at desc, id desc',
  },
};

/** $5 the bucket. */
const BUCKET: PageSql = {
  ...BY_ID,
  where: 'get_byte(uuid_send(id), 15) = $5::int and id > $4::uuid',
};

/** Bytes around a row in a page, about. */
const FRAME_BYTES = 40;

/**
 * The rows that fit into a page, and at least one; `found` are those that a page without bounds of bytes
 * would hold. Sizes come first and alone, so that no row is read that is not sent.
 */
const pageSql = ({ table, key, where, order, join }: PageSql): string => `
with found as materialized (
  select ${key}, bytes + ${FRAME_BYTES} as bytes from ${table}
  where region_id = $1::text and ${where} order by ${order} limit $2::int),
page as materialized (
  select ${key}, row_number() over (order by ${order}) as n, bytes,
    sum(bytes) over (order by ${order} rows unbounded preceding) as total from found)
select p.n, json_build_array(${key.replaceAll(/\w+/g, 'p.$&')}) as key, ${LINES[table]} as line,
  (select count(*) from found) as found
from page p join ${table} i on i.region_id = $1::text and ${join}
where p.total <= $3::bigint or p.n = 1`;

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
 * Epoch and clock with its mark, and whether what a console has `seen` is of this database. Read before the
 * rows of a page: what changes meanwhile comes again with the feed after `v0`.
 */
export async function clockOf(
  tx: ScopedTransaction,
  region: string,
  seen: SeenRevision | null = null,
): Promise<{ epoch: string; v: number; mark: string | null; isKnown: boolean }> {
  return tx
    .selectFrom('sync_clock')
    .innerJoin('region', 'region.region_id', 'sync_clock.region_id')
    .leftJoin('revision', (join) =>
      join.onRef('revision.region_id', '=', 'sync_clock.region_id').onRef('revision.v', '=', 'sync_clock.v'),
    )
    .select(['region.epoch', 'sync_clock.v', 'revision.mark', knowsRevision(region, seen).as('isKnown')])
    .where('sync_clock.region_id', '=', region)
    .executeTakeFirstOrThrow();
}

interface PageRow {
  readonly n: number;
  readonly key: (string | number)[];
  readonly line: string;
  readonly found: number;
}

/** How large a page may be: rows, and bytes of rows. */
export interface PageBounds {
  readonly limit: number;
  readonly bytes: number;
}

/**
 * One page of the first download: open incidents by id, closed ones newest first, reference rows by kind and
 * id. `seen` is what the console had seen before; null where it says nothing.
 */
export async function snapshotPage(
  db: Database,
  session: SyncSession,
  part: SnapshotPart,
  after: string,
  size: PageBounds,
  seen: SeenRevision | null = null,
): Promise<SnapshotResult> {
  const place = snapshotPlace(part, after);
  if (place === null) return { kind: 'bad_cursor' };
  const { region } = session;
  const { clock, rows, estimate } = await withScope(db, scopeOf(session), async (tx) => {
    await walkIndexes(tx);
    return {
      clock: await clockOf(tx, region, seen),
      rows: await readRows(tx, PAGES[part], region, size, place.key),
      estimate:
        place.estimate ?? must((await run<{ n: number }>(tx, COUNTS[part], [region]))[0], 'a count').n,
    };
  });
  if (seen !== null && seen.epoch !== clock.epoch) return resync('full', 'epoch');
  if (!clock.isKnown) return resync('full', 'put_back');
  return pageOf(session, clock, rows, estimate, size);
}

/** One page of one bucket's incidents, for repair after digests differed. */
export async function bucketPage(
  db: Database,
  session: SyncSession,
  bucket: number,
  after: string,
  size: PageBounds,
): Promise<PageResult> {
  const place = snapshotPlace('open', after);
  if (place === null) return { kind: 'bad_cursor' };
  const { clock, rows } = await withScope(db, scopeOf(session), async (tx) => ({
    clock: await clockOf(tx, session.region),
    rows: await readRows(tx, BUCKET, session.region, size, [...place.key, bucket]),
  }));
  return pageOf(session, clock, rows, rows.length, size);
}

async function readRows(
  tx: ScopedTransaction,
  page: PageSql,
  region: string,
  { limit, bytes }: PageBounds,
  key: readonly (string | number)[],
): Promise<readonly PageRow[]> {
  const rows = await run<PageRow>(tx, pageSql(page), [region, limit, bytes, ...key]);
  return rows.toSorted((a, b) => a.n - b.n);
}

async function pageOf(
  session: SyncSession,
  clock: { readonly epoch: string; readonly v: number; readonly mark: string | null },
  rows: readonly PageRow[],
  estimate: number,
  { limit }: PageBounds,
): Promise<PageResult> {
  const last = rows.at(-1);
  const isLast = last === undefined || (last.found < limit && last.n === last.found);
  const next = isLast ? null : cursorOf(estimate, last.key);
  const lines = rows.map(({ line }) => line);
  return {
    kind: 'page',
    body: ndjsonPage(hidesAuthors(session) ? await observersLines(lines) : lines, {
      epoch: clock.epoch,
      v0: clock.v,
      mark: clock.mark,
      scope: scopeHashOf(session),
      estimate,
      next,
    }),
  };
}
