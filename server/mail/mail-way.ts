import type { MailOutcome, MailSettings } from '#shared/protocol/mail.ts';
import type { Letter } from './letter.ts';

/** A region's way out for mails, as it stands at the moment it was asked for. */
export interface MailWay {
  readonly settings: MailSettings;
  readonly regionName: string;
  readonly timeZone: string;
  /** Sends one mail; never throws for what the network does. */
  readonly send: (letter: Letter) => Promise<MailOutcome>;
}
