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
const NUMBERS_AHEAD = 10_000;
const REVISIONS_AHEAD = 1_000_000;
/** More often no summary of one period is issued between two backups. */
const ISSUES_AHEAD = 100;

/** Tells whether this database knows the revision; `seen` is null where none is named. */
export const knowsRevision = (region: string, seen: SeenRevision | null) =>
  seen === null
    ? sql<boolean>`true`
    : sql<boolean>`(select r.epoch = ${seen.epoch} and c.v >= ${seen.cursor} and (${seen.mark}::uuid is null
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
export async function notePutBack(db: Database, session: SyncSession, now: Instant): Promise<void> {
  const { region, account } = session;
  await withScope(db, { region }, async (tx) => {
    const clock = await tx
      .selectFrom('sync_clock')
      .select(['v', 'put_back_at as noted'])
      .where('region_id', '=', region)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (clock.noted !== null && clock.noted > now - MS_PER_DAY) return;
    await goOnAbove(tx, region, now);
    const detail = { head: clock.v };
    await writeAudit(tx, region, { at: now, actor: account, action: 'put_back', address: '', detail });
  });
}
