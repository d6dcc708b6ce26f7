import { z } from 'zod';
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
