import { sql } from 'kysely';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { RegionJob } from './job.ts';

/** A console that was cut off goes on where it stood; after that it begins anew. */
const UNFINISHED_DAYS = 3;
/**
 * A file may be here before the command that names it, from a workstation that was switched off in between.
 */
const UNUSED_DAYS = 30;
/** Files removed in one transaction: twenty of 20 MB are 800 parts. */
const AT_ONCE = 20;

async function removeUnfinished(tx: ScopedTransaction, region: string, now: Instant): Promise<number> {
  const { rows } = await sql`
    with gone as (
      delete from attachment_upload where region_id = ${region} and id in (
        select id from attachment_upload
        where region_id = ${region} and touched_at < ${now - UNFINISHED_DAYS * MS_PER_DAY}
        limit ${sql.lit(AT_ONCE)} for update skip locked)
      returning id),
    parts as (delete from attachment_part p using gone where p.region_id = ${region}
      and p.upload_id = gone.id)
    select from gone`.execute(tx);
  return rows.length;
}

async function removeUnused(tx: ScopedTransaction, region: string, now: Instant): Promise<number> {
  const { rows } = await sql`
    with gone as (
      delete from attachment where region_id = ${region} and hash in (
        select a.hash from attachment a
        where a.region_id = ${region} and a.created_at < ${now - UNUSED_DAYS * MS_PER_DAY}
          and not exists (select from attachment_use u where u.region_id = a.region_id and u.hash = a.hash)
          and not exists (select from attachment_holder h where h.region_id = a.region_id and h.hash = a.hash
            and h.at >= ${now - UNUSED_DAYS * MS_PER_DAY})
        limit ${sql.lit(AT_ONCE)})
      returning hash, upload_id),
    parts as (delete from attachment_part p using gone where p.region_id = ${region}
      and p.upload_id = gone.upload_id),
    holders as (delete from attachment_holder h using gone where h.region_id = ${region}
      and h.hash = gone.hash)
    select from gone`.execute(tx);
  return rows.length;
}

/** Removes unfinished uploads and files that no event has ever named. */
export const removeUnusedAttachments: RegionJob = {
  name: 'remove-unused-attachments',
  cron: '27 * * * *',
  each: 'region',
  run: async ({ db, now }, region, signal) => {
    for (const remove of [removeUnfinished, removeUnused]) {
      for (let removed = AT_ONCE; removed === AT_ONCE;) {
        signal.throwIfAborted();
        removed = await withScope(db, { region }, (tx) => remove(tx, region, now()));
      }
    }
  },
};
