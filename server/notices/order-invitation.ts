import { v7 as uuidv7 } from 'uuid';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { actLine, type AccountAct } from '#server/accounts/account-refusal.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { readMailSettings } from '#server/mail/mail-settings.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { withScope } from '#server/store/database.ts';

/** Reasons why no invitation goes out by mail. */
export type InvitationRefusal = Extract<
  ApiErrorKind,
  'account_oneself' | 'mail_not_set' | 'mail_no_address' | 'not_found'
>;

/**
 * Has an invitation sent by mail: a mail that waits for the next run. Its link is made when it goes out
 * (write-mail.ts). Null when it was ordered; two orders while one waits are one.
 */
export function orderInvitation(mailer: Mailer, act: AccountAct): Promise<InvitationRefusal | null> {
  const { region, account, by } = act;
  const now = mailer.now();
  if (by === account) return Promise.resolve('account_oneself');
  return withScope(mailer.db, { region }, async (tx) => {
    const person = await tx
      .selectFrom('account as a')
      .leftJoin('notice_choice as c', (join) =>
        join.onRef('c.region_id', '=', 'a.region_id').onRef('c.account_id', '=', 'a.id'),
      )
      .select('c.address')
      .where('a.region_id', '=', region)
      .where('a.id', '=', account)
      .where('a.disabled', '=', false)
      .forUpdate('a')
      .executeTakeFirst();
    if (person === undefined) return 'not_found';
    if ((await readMailSettings(tx, region)) === null) return 'mail_not_set';
    if (person.address === null) return 'mail_no_address';
    const waiting = await tx
      .selectFrom('mail')
      .select('id')
      .where('region_id', '=', region)
      .where('account_id', '=', account)
      .where('kind', '=', 'invitation')
      .where('state', 'in', ['queued', 'waiting', 'sending'])
      .executeTakeFirst();
    if (waiting !== undefined) return null;
    const times = { made_at: now, not_before: now, changed_at: now };
    const row = { id: uuidv7(), kind: 'invitation', state: 'queued', ordered_by: by } as const;
    await tx
      .insertInto('mail')
      .values({ region_id: region, account_id: account, ...row, ...times })
      .execute();
    const detail = { account };
    await writeAudit(tx, region, { ...actLine(act, now), action: 'invitation_ordered', detail });
    return null;
  });
}
