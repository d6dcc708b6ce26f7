import type { Instant } from '#shared/domain/instant.ts';
import type { MailKind } from '#shared/protocol/notices.ts';
import type { MailWay } from '#server/mail/mail-way.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { isOfServer } from '#server/mail/smtp-failure.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { dropMail, finishMail, leaseMail } from './lease-mail.ts';
import { isQuietNow } from './is-quiet-now.ts';
import { makeMails } from './make-mails.ts';
import { writeMail } from './write-mail.ts';

/** Kinds that may go out now: invitations always, notices while they are on and outside the quiet hours. */
const kindsNow = (way: MailWay, now: Instant): readonly MailKind[] =>
  way.settings.isOn && !isQuietNow(way, now) ? ['invitation', 'notices'] : ['invitation'];

/**
 * Sends what is due in a region until nothing is, or the mail server is in the way of all. The settings are
 * those of the beginning; the mails are taken one by one, so several processes share them.
 */
export async function sendMails(mailer: Mailer, region: string, signal: AbortSignal): Promise<void> {
  const { db, now } = mailer;
  const way = await mailer.wayOf(region);
  if (way === null) return;
  const kinds = kindsNow(way, now());
  if (kinds.includes('notices'))
    await makeMails(db, region, { way: 'mail', minutes: way.settings.digestMinutes, now: now() });
  for (;;) {
    signal.throwIfAborted();
    const mail = await leaseMail(db, region, { way: 'mail', kinds }, now());
    if (mail === null) return;
    const letter = await writeMail(mailer, way, mail);
    if (letter === null) {
      await dropMail(db, mail, now());
      continue;
    }
    const outcome = await way.send(letter);
    await withRetries(() => finishMail(db, mail, outcome, now()));
    if (outcome.problem !== null && isOfServer(outcome.problem)) return;
  }
}
