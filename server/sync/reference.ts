import { CompiledQuery } from 'kysely';
import { must } from '#shared/domain/must.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import { ownRow } from '#shared/domain/records/own-row.ts';
import { RECORD_RULES, type RecordKind } from '#shared/domain/records/record-rules.ts';
import type { ReferenceKind, ReferenceRow } from '#shared/protocol/sync.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { inRevisions } from './in-revisions.ts';

/** A reference row to be stored, or to be taken out of use. */
export type ReferenceChange =
  | ReferenceRow
  | { readonly kind: ReferenceKind; readonly id: string; readonly deleted: true };

/**
 * $1 region, $2 rows. Rows that are already so do not reach the feed. The clock last, as in
 * store-statement.ts.
 */
const UPSERT = `
with i as materialized (
  select i.* from jsonb_to_recordset($2::jsonb) as i(kind text, id text, row jsonb, deleted boolean)
  left join reference r on r.region_id = $1::text and r.kind = i.kind and r.id = i.id
  where (r.id is null and not i.deleted) or r.deleted <> i.deleted or (not i.deleted and r.row <> i.row)),
clock as (
  update sync_clock set v = v + 1 where region_id = $1::text and exists (select 1 from i) returning v),
kept as (
  insert into reference as r (region_id, kind, id, row, v, deleted)
  select $1::text, i.kind, i.id, coalesce(i.row, '{}'), clock.v, i.deleted from i cross join clock
  on conflict (region_id, kind, id) do update
    set row = case when excluded.deleted then r.row else excluded.row end, v = excluded.v,
      deleted = excluded.deleted
  returning r.kind, r.id, r.v, r.deleted),
logged as (
  insert into change_log (region_id, v, entity, id, op, agencies)
  select $1::text, kept.v, kept.kind, kept.id, case when kept.deleted then 'del' else 'put' end, null
    from kept)
select (select count(*) from kept) as stored`;

/**
 * Puts reference rows of a region in place and tells every console. Rows equal to what is there are left
 * alone, so calling it again is free. Gives the number of rows that changed. Each id of a kind at most once
 * per call.
 */
export async function upsertReference(
  tx: ScopedTransaction,
  region: string,
  changes: readonly ReferenceChange[],
): Promise<number> {
  let stored = 0;
  for (const part of inRevisions(changes, (change) => change)) {
    const rows = part.map((change) => ({ deleted: false, ...change }));
    const result = await tx.executeQuery<{ stored: number }>(
      CompiledQuery.raw(UPSERT, [region, JSON.stringify(rows)]) as CompiledQuery<{ stored: number }>,
    );
    stored += must(result.rows[0], 'a count').stored;
  }
  return stored;
}

/** A region's reference rows of one kind, or of all, in the order of kind and id. */
export async function readReferenceRows(
  tx: ScopedTransaction,
  region: string,
  kind?: ReferenceKind,
): Promise<ReferenceRow[]> {
  const rows = await tx
    .selectFrom('reference')
    .select(['kind', 'id', 'row'])
    .where('region_id', '=', region)
    .where('deleted', '=', false)
    .$if(kind !== undefined, (query) => query.where('kind', '=', must(kind, 'just looked')))
    .orderBy('kind')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ kind: row.kind as ReferenceKind, id: row.id, row: row.row }));
}

/**
 * Records of the centre as they lie there, by id, locked until the transaction ends. Throws on a row that
 * does not read: nobody but the API writes them.
 */
export async function lockRecords(
  tx: ScopedTransaction,
  region: string,
  kind: RecordKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CentreRecord>> {
  const found = await tx
    .selectFrom('reference')
    .select(['id', 'row'])
    .where('region_id', '=', region)
    .where('kind', '=', kind)
    .where('id', 'in', ids)
    .where('deleted', '=', false)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(found.map(({ id, row }) => [id, RECORD_RULES[kind].schema.parse(ownRow({ id, row }))]));
}
