import { z } from 'zod';
import { botsViewSchema, type BotSettings, type BotsView } from '#shared/protocol/bot-notices.ts';
import {
  mailOutcomeSchema,
  mailViewSchema,
  type MailChange,
  type MailOutcome,
  type MailView,
} from '#shared/protocol/mail.ts';
import { askBelow, askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

/** A mail server may take a minute before it is given up. */
const ask = askBelow('/api/v1/mail', 90_000);

export const saveMail = (change: MailChange): Promise<CentreAnswer<MailView>> =>
  ask('', mailViewSchema, { method: 'PUT', body: change });

/** Has a mail sent to an address, and says what became of it. */
export const checkMail = (to: string): Promise<CentreAnswer<MailOutcome>> =>
  ask('/check', mailOutcomeSchema, { method: 'POST', body: { to } });

/** Has a mail that did not go out sent once more. */
export const sendMailAgain = (id: string): Promise<CentreAnswer<{ done: boolean }>> =>
  ask(`/log/${id}/again`, z.object({ done: z.boolean() }), { method: 'POST' });

const BOTS = '/api/v1/notices/bots';

export const readBots = (): Promise<CentreAnswer<BotsView>> => askCentre(BOTS, botsViewSchema);

export const saveBots = (settings: BotSettings): Promise<CentreAnswer<BotsView>> =>
  askCentre(BOTS, botsViewSchema, { method: 'PUT', body: settings });
