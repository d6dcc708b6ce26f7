import { isQuiet } from '#shared/domain/quiet-hours.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { MailKind } from '#shared/protocol/notices.ts';
import type { MailWay } from '#server/mail/mail-way.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { isOfServer } from '#server/mail/smtp-failure.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { dropMail, finishMail, leaseMail } from './lease-mail.ts';
import { makeMails } from './make-mails.ts';
import { writeMail } from './write-mail.ts';

/** «21:30» of the region's day. */
function timeOf(zone: string, at: Instant): string {
  const minutes = Math.floor(localTimeAt(zone, at).msOfDay / MS_PER_MINUTE);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Kinds that may go out now: invitations always, notices while they are on and outside the quiet hours. */
function kindsNow({ settings, timeZone }: MailWay, now: Instant): readonly MailKind[] {
  const quiet = { from: settings.quietFrom, to: settings.quietTo };
  return settings.isOn && !isQuiet(timeOf(timeZone, now), quiet) ? ['invitation', 'notices'] : ['invitation'];
}

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
    await makeMails(db, region, { minutes: way.settings.digestMinutes, now: now() });
  for (;;) {
    signal.throwIfAborted();
    const mail = await leaseMail(db, region, kinds, now());
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
