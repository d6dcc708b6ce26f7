import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/**
 * Limits of what one account may hand in: a busy operator's day ten times over, and no more than a disk
 * bears.
 */
export const ATTACHMENT_QUOTA = { bytesADay: 1024 ** 3, filesADay: 1000, unfinished: 30 } as const;
const AGAIN_S = { unfinished: 60, day: 3600 };

/**
 * Seconds until an account may begin another upload of this size; null when it may now. Unfinished ones count
 * as if they were here.
 */
export async function quotaWait(
  tx: ScopedTransaction,
  { region, account }: { readonly region: string; readonly account: string },
  size: number,
  now: Instant,
): Promise<number | null> {
  const { rows } = await sql<{ files: number; bytes: number; begun: number; announced: number }>`select
      count(*) as files, coalesce(sum(size), 0) as bytes,
      (select count(*) from attachment_upload where region_id = ${region} and account = ${account}) as begun,
      (select coalesce(sum(size), 0) from attachment_upload where region_id = ${region}
        and account = ${account}) as announced
    from attachment_holder where region_id = ${region} and account = ${account}
      and at > ${now - MS_PER_DAY}`.execute(tx);
  const { files, bytes, begun, announced } = must(rows[0], 'one row');
  if (begun >= ATTACHMENT_QUOTA.unfinished) return AGAIN_S.unfinished;
  const isTooMuch =
    files + begun >= ATTACHMENT_QUOTA.filesADay || bytes + announced + size > ATTACHMENT_QUOTA.bytesADay;
  return isTooMuch ? AGAIN_S.day : null;
}
