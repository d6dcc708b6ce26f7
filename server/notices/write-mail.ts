import { invite } from '#server/accounts/invitations.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Letter } from '#server/mail/letter.ts';
import type { MailWay } from '#server/mail/mail-way.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { withScope } from '#server/store/database.ts';
import { consolePath } from './console-path.ts';
import { invitationLetter } from './invitation-letter.ts';
import type { MailRow } from './lease-mail.ts';
import { noticeLetter } from './notice-letter.ts';
import { findHearer, hearsOf } from './recipients.ts';
import { isStillTrue, type NoticeNow } from './still-true.ts';
import { UNSUBSCRIBE_PATH, unsubscribeToken } from './unsubscribe.ts';

/** Whom a mail goes to, as they are now; null when nothing may go to them. */
const findReader = (mailer: Mailer, { region_id: region, account_id: account }: MailRow) =>
  withScope(mailer.db, { region }, (tx) =>
    tx
      .selectFrom('notice_choice as c')
      .innerJoin('account as a', (join) =>
        join.onRef('a.region_id', '=', 'c.region_id').onRef('a.id', '=', 'c.account_id'),
      )
      .select(['a.display_name as displayName', 'a.login', 'a.agency', 'c.address'])
      .where('c.region_id', '=', region)
      .where('c.account_id', '=', account)
      .where('a.disabled', '=', false)
      .executeTakeFirst(),
  );

/** Reads what there is to tell, of incidents that this person may see: the database shows no others. */
export const readNotices = (
  mailer: Mailer,
  { region_id: region, account_id: account, id }: MailRow,
  agency: string | null,
): Promise<readonly NoticeNow[]> =>
  withScope(mailer.db, { region, account, agency }, async (tx) => {
    const rows = await tx
      .selectFrom('notice as n')
      .innerJoin('incident as i', (join) =>
        join.onRef('i.region_id', '=', 'n.region_id').onRef('i.id', '=', 'n.incident_id'),
      )
      .select(['n.kind', 'n.mark', 'i.row'])
      .where('n.region_id', '=', region)
      .where('n.account_id', '=', account)
      .where('n.mail_id', '=', id)
      .execute();
    return rows.map(({ kind, mark, row }) => ({ kind, mark, incident: row as unknown as Incident }));
  });

async function writeNotices(mailer: Mailer, way: MailWay, mail: MailRow): Promise<Letter | null> {
  const reader = await findReader(mailer, mail);
  if (reader === undefined || reader.address === null) return null;
  const hearer = await findHearer(mailer, mail, 'mail');
  const moment = { agency: reader.agency, now: mailer.now(), zone: way.timeZone };
  const notices = (await readNotices(mailer, mail, reader.agency)).filter(
    (notice) => hearer !== undefined && hearsOf(hearer, notice.kind) && isStillTrue(notice, moment),
  );
  if (notices.length === 0) return null;
  const token = unsubscribeToken(mailer.key, { region: mail.region_id, account: mail.account_id });
  const unsubscribe = consolePath(way.settings, `${UNSUBSCRIBE_PATH}/${token}`);
  return noticeLetter(way, { id: mail.id, to: reader.address, unsubscribe }, notices);
}

/**
 * Tells whether a link that an earlier attempt sent was used, or another way in was given since: then a new
 * one would shut out somebody who works.
 */
const isOvertaken = (mailer: Mailer, mail: MailRow): Promise<boolean> =>
  withScope(mailer.db, { region: mail.region_id }, async (tx) => {
    const last = await tx
      .selectFrom('invitation')
      .select(['used_at', 'replaced_at'])
      .where('region_id', '=', mail.region_id)
      .where('account_id', '=', mail.account_id)
      .where('created_at', '>=', mail.made_at)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last !== undefined && (last.used_at !== null || last.replaced_at !== null);
  });

/** Makes the link only now, so that it lies nowhere but in the mail; a repeat has another one. */
async function writeInvitation(mailer: Mailer, way: MailWay, mail: MailRow): Promise<Letter | null> {
  const reader = await findReader(mailer, mail);
  if (reader === undefined || reader.address === null) return null;
  if (mail.attempts > 1 && (await isOvertaken(mailer, mail))) return null;
  const act = { region: mail.region_id, account: mail.account_id, by: mail.ordered_by, address: '' };
  const invited = await invite(mailer.db, act, mailer.now());
  if (invited.kind !== 'invited') return null;
  const { token, expiresAt } = invited;
  const { displayName, login, address } = reader;
  return invitationLetter(way, { id: mail.id, to: address }, { displayName, login, token, expiresAt });
}

/** Writes a mail of the rows as they are now; null when there is nothing to say any more. */
export const writeMail = (mailer: Mailer, way: MailWay, mail: MailRow): Promise<Letter | null> =>
  mail.kind === 'notices' ? writeNotices(mailer, way, mail) : writeInvitation(mailer, way, mail);
