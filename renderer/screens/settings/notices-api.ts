import { z } from 'zod';
import {
  botCodeSchema,
  botChoiceSchema,
  type BotCode,
  type BotChoice,
} from '#shared/protocol/bot-notices.ts';
import { mailOutcomeSchema, type MailOutcome } from '#shared/protocol/mail.ts';
import { noticeChoiceSchema, type NoticeChoice, type MailedKind } from '#shared/protocol/notices.ts';
import { askBelow, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

/** A mail server may take a minute before it is given up. */
const ask = askBelow('/api/v1/notices', 90_000);
const done = z.object({ done: z.literal(true) });

/** How the person is told. */
export const readOwnNotices = (): Promise<CentreAnswer<NoticeChoice>> => ask('', noticeChoiceSchema);

export const saveOwnKinds = (off: readonly MailedKind[]): Promise<CentreAnswer<{ done: true }>> =>
  ask('', done, { method: 'PUT', body: { off } });

/** Has a code sent to an address; null takes the address away. */
export const giveAddress = (address: string | null): Promise<CentreAnswer<MailOutcome>> =>
  ask('/address', mailOutcomeSchema, { method: 'POST', body: { address } });

export const confirmOwnAddress = (code: string): Promise<CentreAnswer<{ done: true }>> =>
  ask('/confirm', done, { method: 'POST', body: { code } });

/** How a bot tells the person. */
export const readOwnBot = (): Promise<CentreAnswer<BotChoice>> => ask('/bot', botChoiceSchema);

export const saveBotKinds = (off: readonly MailedKind[]): Promise<CentreAnswer<{ done: true }>> =>
  ask('/bot', done, { method: 'PUT', body: { off } });

/** Makes a code that the person sends to this bot. */
export const askBotCode = (bot: string): Promise<CentreAnswer<BotCode>> =>
  ask('/bot/code', botCodeSchema, { method: 'POST', body: { bot } });

export const untieOwnBot = (): Promise<CentreAnswer<{ done: true }>> =>
  ask('/bot/untie', done, { method: 'POST' });
