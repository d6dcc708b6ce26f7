import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import { DIGEST_BUCKETS, type DigestResponse } from '#shared/protocol/sync.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { scopeHashOf, scopeOf, type SyncSession } from './sync-session.ts';

interface Row {
  readonly v: number;
  readonly bucket: number | null;
  readonly n: number;
  readonly x: number;
}

/** Count and xor of row hashes per bucket, of what this session sees, with the clock of the same snapshot. */
export async function digestOf(db: Database, session: SyncSession): Promise<DigestResponse> {
  const rows = await withScope(db, scopeOf(session), async (tx) => {
    const result = await sql<Row>`
      select c.v, d.bucket, coalesce(d.n, 0) as n, coalesce(d.x, 0) as x from sync_clock c left join (
        select get_byte(uuid_send(id), 15) as bucket, count(*) as n, bit_xor(digest) as x
        from incident where region_id = ${session.region} group by 1) d on true
      where c.region_id = ${session.region}`.execute(tx);
    return result.rows;
  });
  const buckets = Array.from({ length: DIGEST_BUCKETS }, () => ({ n: 0, x: '0' }));
  for (const { bucket, n, x } of rows) if (bucket !== null) buckets[bucket] = { n, x: String(x) };
  const { v } = must(rows[0], `region ${session.region} has a clock`);
  return { v, scope: scopeHashOf(session), buckets };
}
