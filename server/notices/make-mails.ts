import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { MS_PER_DAY, MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import type { NoticeWay } from '#server/store/mail-tables.ts';

/** Mails and what they told of are kept so long: what was told once must not be told again. */
const KEPT_MS = 90 * MS_PER_DAY;

/** People whom a way reaches, by the name `c`. */
const REACHED = {
  mail: sql`notice_choice c where c.address is not null and c.refused_at is null`,
  bot: sql`notice_bot c where c.peer is not null and c.ended is null`,
};

/**
 * Makes a mail, or a bot's message, for everybody who is to be told of something: at most one in a stretch of
 * `minutes`, and none beside one that is still on its way. Two processes do not make two: the people's rows
 * are locked.
 */
export const makeMails = (
  db: Database,
  region: string,
  { way, minutes, now }: { readonly way: NoticeWay; readonly minutes: number; readonly now: Instant },
): Promise<void> =>
  withScope(db, { region }, async (tx) => {
    const { rows } = await sql<{ account_id: string }>`
      select c.account_id from ${REACHED[way]} and c.region_id = ${region}
        and exists (select from notice n
          where n.region_id = c.region_id and n.account_id = c.account_id
            and n.way = ${way} and n.mail_id is null)
      order by c.account_id for update of c`.execute(tx);
    const { rows: written } = await sql<{ account_id: string }>`
      select distinct account_id from mail
      where region_id = ${region} and kind = 'notices' and way = ${way}
        and (made_at > ${now - minutes * MS_PER_MINUTE} and state <> 'dropped'
          or state in ('queued', 'sending', 'waiting'))`.execute(tx);
    const resting = new Set(written.map(({ account_id: id }) => id));
    const mails = rows
      .filter(({ account_id: id }) => !resting.has(id))
      .map(({ account_id }) => ({
        region_id: region,
        id: uuidv7(),
        account_id,
        way,
        kind: 'notices' as const,
        state: 'queued' as const,
        ordered_by: '',
        made_at: now,
        not_before: now,
        changed_at: now,
      }));
    if (mails.length > 0) await tx.insertInto('mail').values(mails).execute();
  });

/** Removes what is old enough that nothing of it could be told again. */
export const forgetOldMails = (db: Database, region: string, now: Instant): Promise<void> =>
  withScope(db, { region }, async (tx) => {
    const before = now - KEPT_MS;
    await tx.deleteFrom('notice').where('region_id', '=', region).where('made_at', '<', before).execute();
    await tx.deleteFrom('mail').where('region_id', '=', region).where('made_at', '<', before).execute();
  });
