import { v7 as uuidv7 } from 'uuid';
import { letterHtml, letterText, type Letter } from '#server/mail/letter.ts';
import { MAIL_WORDS } from '#server/mail/mail-words.ts';
import type { MailWay } from '#server/mail/mail-way.ts';

/** The mail with a code by which a person shows that a mailbox is theirs. */
export function codeLetter({ settings, regionName }: MailWay, to: string, code: string): Letter {
  const words = MAIL_WORDS[settings.language];
  const parts = {
    title: code,
    lead: words.code.lead(regionName),
    groups: [],
    foot: [{ text: words.code.notYou }, { text: words.from(regionName) }],
  };
  return {
    to,
    subject: words.code.subject(code),
    text: letterText(parts),
    html: letterHtml(parts, settings.language),
    id: uuidv7(),
  };
}
