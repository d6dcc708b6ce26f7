import { sql } from 'kysely';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import type { SyncSession } from './sync-session.ts';

/**
 * How far numbers of incidents and revisions go on above the last ones known: what was given out after the
 * backup is not given out again. A region gives a few hundred numbers a day, and has two billion: whoever
 * made up every day that the database was put back would need 580 years to use them up.
 */
export const NUMBERS_AHEAD = 10_000;
export const REVISIONS_AHEAD = 1_000_000;
/** More often no summary of one period is issued between two backups. */
const ISSUES_AHEAD = 100;

/**
 * Days that marks of revisions are kept: three times as long as a console's journal, for a console that has
 * been away longer has nothing to offer again. Its cursor is too old, and digests tell what differs.
 */
export const REVISION_DAYS = 90;

/**
 * Tells whether this database knows the revision, or has forgotten the marks of its time; `seen` is null
 * where none is named.
 */
export const knowsRevision = (region: string, seen: SeenRevision | null) =>
  seen === null
    ? sql<boolean>`true`
    : sql<boolean>`(select r.epoch = ${seen.epoch} and c.v >= ${seen.cursor} and (${seen.mark}::uuid is null
      or ${seen.cursor} < (select min(m.v) from revision m where m.region_id = ${region})
      or exists (select from revision m where m.region_id = ${region} and m.v = ${seen.cursor}
        and m.mark = ${seen.mark}))
      from region r join sync_clock c on c.region_id = r.region_id where r.region_id = ${region})`;

/** Has a region whose database was put back to an earlier moment go on above what it had given out. */
export async function goOnAbove(tx: ScopedTransaction, region: string, now: Instant): Promise<void> {
  await sql`update sync_clock set v = v + ${REVISIONS_AHEAD}::int,
    last_number = last_number + ${NUMBERS_AHEAD}::int, issue_base = issue_base + ${ISSUES_AHEAD}::int,
    put_back_at = ${now}
    where region_id = ${region}`.execute(tx);
}

/**
 * Notes that a console knows revisions which this database does not: it was put back to an earlier moment.
 * Counters go on above what they had given, once a day at most, so that a console which makes it up moves
 * nothing more.
 */
export async function notePutBack(
  db: Database,
  { region, account }: Pick<SyncSession, 'region' | 'account'>,
  now: Instant,
): Promise<void> {
  await withScope(db, { region }, async (tx) => {
    const clock = await tx
      .selectFrom('sync_clock')
      .select(['v', 'put_back_at as noted'])
      .where('region_id', '=', region)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (clock.noted !== null && clock.noted > now - MS_PER_DAY) return;
    await goOnAudited(tx, region, account, { head: clock.v, now });
  });
}

/**
 * Notes that somebody says so: no console has to come back that had seen what is lost. False when there is no
 * such region.
 */
export const sayPutBack = (db: Database, region: string, actor: string, now: Instant): Promise<boolean> =>
  withScope(db, { region }, async (tx) => {
    const clock = await tx
      .selectFrom('sync_clock')
      .select('v')
      .where('region_id', '=', region)
      .forUpdate()
      .executeTakeFirst();
    if (clock === undefined) return false;
    await goOnAudited(tx, region, actor, { head: clock.v, now });
    return true;
  });

async function goOnAudited(
  tx: ScopedTransaction,
  region: string,
  actor: string,
  { head, now }: { readonly head: number; readonly now: Instant },
): Promise<void> {
  await goOnAbove(tx, region, now);
  await writeAudit(tx, region, { at: now, actor, action: 'put_back', address: '', detail: { head } });
}

/**
 * Removes up to so many of a region's oldest revisions, all of them given before this moment; the newest one
 * stays, and so does every later one: what is kept has no gaps. Gives how many there were.
 */
export async function forgetRevisions(
  db: Database,
  region: string,
  before: Instant,
  limit: number,
): Promise<number> {
  const { numAffectedRows = 0n } = await withScope(db, { region }, (tx) =>
    sql`with kept as (select coalesce(
        (select v from revision where region_id = ${region} and at >= ${before} order by v limit 1),
        (select v from sync_clock where region_id = ${region})) as first)
      delete from revision where region_id = ${region} and v in (
        select v from revision where region_id = ${region} and v < (select first from kept)
        order by v limit ${limit})`.execute(tx),
  );
  return Number(numAffectedRows);
}
