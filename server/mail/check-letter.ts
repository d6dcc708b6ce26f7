import { v7 as uuidv7 } from 'uuid';
import { letterHtml, letterText, type Letter } from './letter.ts';
import { MAIL_WORDS } from './mail-words.ts';
import type { MailWay } from './mail-way.ts';

/** The mail of «Проверить»: it says who asked for it, and that mail works. */
export function checkLetter({ settings, regionName }: MailWay, to: string): Letter {
  const words = MAIL_WORDS[settings.language];
  const parts = {
    title: words.check.title,
    lead: words.check.lead(regionName),
    groups: [],
    act: { text: words.openConsole, url: settings.consoleUrl },
    foot: [{ text: words.from(regionName) }],
  };
  return {
    to,
    subject: words.check.subject,
    text: letterText(parts),
    html: letterHtml(parts, settings.language),
    id: uuidv7(),
  };
}
