import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { Numbering } from '#shared/protocol/numbering.ts';
import { writeAudit, type AuditOrigin } from '#server/accounts/audit.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** Numbers of the registry are labels and move nothing: the condition of the index of own numbers. */
const OWN_SQL = `i.external_id is null and (i.row -> 'imported') = 'null'::jsonb`;

/** Where the region's own numbers stand, and whether its database was put back; `lock` holds them there. */
async function readClock(
  tx: ScopedTransaction,
  region: string,
  lock: '' | 'for update of c',
): Promise<Numbering & { readonly isPutBack: boolean }> {
  const { rows } = await sql<{ last: string; isPutBack: boolean; highest: number | null }>`
    select c.last_number::text as last, c.put_back_at is not null as "isPutBack",
      (select max(i.number) from incident i
        where i.region_id = ${region} and ${sql.raw(OWN_SQL)}) as highest
    from sync_clock c where c.region_id = ${region} ${sql.raw(lock)}`.execute(tx);
  const [clock] = rows;
  if (clock === undefined) throw new Error('a region without a clock');
  return { next: Number(clock.last) + 1, highest: clock.highest, isPutBack: clock.isPutBack };
}

/** Reads where the region's own numbers stand. */
export async function readNumbering(tx: ScopedTransaction, region: string): Promise<Numbering> {
  const { next, highest } = await readClock(tx, region, '');
  return { next, highest };
}

/**
 * Has the region's own numbers go on from `next`; null where that number or one above it was given already.
 * Where the database was put back, numbers may have been given that it does not know: they only go up.
 */
export async function changeNumbering(
  tx: ScopedTransaction,
  region: string,
  next: number,
  { by, now, ...origin }: { readonly by: string; readonly now: Instant } & AuditOrigin,
): Promise<Numbering | null> {
  const before = await readClock(tx, region, 'for update of c');
  const lowest = before.isPutBack ? before.next : (before.highest ?? 0) + 1;
  if (next < lowest) return null;
  if (next === before.next) return { next, highest: before.highest };
  await sql`update sync_clock set last_number = ${next - 1} where region_id = ${region}`.execute(tx);
  const detail = {
    kind: 'numbering',
    id: 'numbering',
    before: { nextNumber: before.next },
    after: { nextNumber: next },
  };
  await writeAudit(tx, region, { at: now, actor: by, ...origin, action: 'setting_changed', detail });
  return { next, highest: before.highest };
}
