import type { Instant } from '#shared/domain/instant.ts';
import { INVITATION_PATH } from '#shared/protocol/invitation.ts';
import { letterHtml, letterText, type Letter } from '#server/mail/letter.ts';
import { MAIL_WORDS } from '#server/mail/mail-words.ts';
import type { MailWay } from '#server/mail/mail-way.ts';
import { consolePath } from './console-path.ts';

/** Whom a link lets in, and how long. */
interface Invited {
  readonly displayName: string;
  readonly login: string;
  readonly token: string;
  readonly expiresAt: Instant;
}

/** The mail with a link by which somebody chooses a password. */
export function invitationLetter(
  { settings, regionName, timeZone }: MailWay,
  { id, to }: Pick<Letter, 'id' | 'to'>,
  { displayName, login, token, expiresAt }: Invited,
): Letter {
  const { invitation, from } = MAIL_WORDS[settings.language];
  const until = new Intl.DateTimeFormat(settings.language, { timeZone, day: 'numeric', month: 'long' });
  const parts = {
    title: invitation.title(displayName),
    lead: invitation.lead(regionName, login),
    groups: [],
    act: { text: invitation.act, url: consolePath(settings, `${INVITATION_PATH}#${token}`) },
    foot: [
      { text: invitation.until(until.format(expiresAt)) },
      { text: invitation.notYou },
      { text: from(regionName) },
    ],
  };
  const { language } = settings;
  return { id, to, subject: invitation.subject, text: letterText(parts), html: letterHtml(parts, language) };
}
