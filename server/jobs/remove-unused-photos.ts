import { sql } from 'kysely';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { RegionJob } from './job.ts';

/** A removed case may be put back, and a workstation that was away may yet speak of a photo it has sent. */
const UNUSED_DAYS = 90;

/** Notes since when photos are in no case, and strikes that off those that are in one again. */
async function noteUse(tx: ScopedTransaction, region: string, now: Instant): Promise<void> {
  await sql`
    with used as materialized (
      select row->side->>'hash' as hash from reference, unnest(array['before', 'after']) side
      where region_id = ${region} and kind = 'example' and not deleted and row->side->>'hash' is not null)
    update photo set unused_since = case when unused_since is null then ${now}::bigint end
    where region_id = ${region} and is_issued is not true
      and (unused_since is null) <> (hash in (select hash from used))`.execute(tx);
}

/** Issued summaries are long and never change, so a photo is looked for in them once: when it would go. */
async function removeUnused(tx: ScopedTransaction, region: string, before: Instant): Promise<void> {
  await sql`
    with unused as materialized (
      select hash, exists (
        select from report_issue where region_id = ${region}
          and position('"' || hash || '"' in body) > 0) as is_issued
      from photo where region_id = ${region} and is_issued is not true and unused_since < ${before}),
    kept as (
      update photo set is_issued = true from unused
      where region_id = ${region} and photo.hash = unused.hash and unused.is_issued)
    delete from photo using unused
    where region_id = ${region} and photo.hash = unused.hash and not unused.is_issued`.execute(tx);
}

/**
 * Removes photos that no example case has had for {@link UNUSED_DAYS} days. Those in an issued summary stay
 * for good, as it does.
 */
export const removeUnusedPhotos: RegionJob = {
  name: 'remove-unused-photos',
  cron: '17 * * * *',
  each: 'region',
  run: ({ db, now }, region) =>
    withScope(db, { region }, async (tx) => {
      await noteUse(tx, region, now());
      await removeUnused(tx, region, now() - UNUSED_DAYS * MS_PER_DAY);
    }),
};
