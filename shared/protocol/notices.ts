import { z } from 'zod';
import { MAIL_PROBLEMS, mailAddressSchema } from './mail.ts';

/** Things that people are told of by mail; each person may leave any out. */
export const MAILED_KINDS = ['assigned', 'sentBack', 'near', 'overdue', 'promised'] as const;
export type MailedKind = (typeof MAILED_KINDS)[number];

const kindsSchema = z.array(z.enum(MAILED_KINDS)).max(MAILED_KINDS.length);

/** How a person is told, as they or an administrator see it. */
export const noticeChoiceSchema = z.object({
  /** Null: none is known, and nothing goes out. */
  address: z.string().max(254).nullable(),
  /** An address that waits for the code that was sent there. */
  wanted: z.string().max(254).nullable(),
  /** When the mail server last refused the address; null: it never did. Nothing goes there any more. */
  refusedAt: z.int().nullable(),
  off: kindsSchema,
  /** The centre sends mail. */
  isMailOn: z.boolean(),
});
export type NoticeChoice = z.output<typeof noticeChoiceSchema>;

/** PUT /api/v1/notices: the kinds that are left out. */
export const ownNoticesSchema = z.strictObject({ off: kindsSchema });

/** POST /api/v1/notices/address: sends a code there. Null takes the address away at once. */
export const ownAddressSchema = z.strictObject({ address: mailAddressSchema.nullable() });

/** Digits of the code that shows that a mailbox is somebody's. */
export const CODE_DIGITS = 8;

/** POST /api/v1/notices/confirm. */
export const codeSchema = z.strictObject({ code: z.string().regex(new RegExp(`^\\d{${CODE_DIGITS}}$`)) });

/** PUT /api/v1/accounts/:id/notices: an administrator knows whose the address is. */
export const personNoticesSchema = z.strictObject({
  address: mailAddressSchema.nullable(),
  off: kindsSchema,
});
export type GivenNotices = z.output<typeof personNoticesSchema>;

export const MAIL_STATES = ['queued', 'sending', 'waiting', 'sent', 'dropped', 'dead'] as const;
/**
 * State of a mail on its way. `waiting`: it is tried again at `notBefore`; `dropped`: nothing of it was true
 * any more; `dead`: it is not tried again by itself.
 */
export type MailState = (typeof MAIL_STATES)[number];

/** Contents of a mail to a person. */
export const MAIL_KINDS = ['notices', 'invitation'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** A mail as an administrator sees it: whose, how far it has come, and why no farther. */
export const sentMailSchema = z.object({
  id: z.uuid(),
  account: z.string().max(200),
  kind: z.enum(MAIL_KINDS),
  state: z.enum(MAIL_STATES),
  madeAt: z.int(),
  changedAt: z.int(),
  notBefore: z.int(),
  attempts: z.int(),
  problem: z.enum(MAIL_PROBLEMS).nullable(),
  code: z.int().nullable(),
});
export type SentMail = z.output<typeof sentMailSchema>;

/** Mails of one answer. */
export const MOST_MAILS = 100;

/** GET /api/v1/mail/log: what did not go out first, then the newest. */
export const mailLogSchema = z.object({
  mails: z.array(sentMailSchema).max(MOST_MAILS),
  /** People who could come in, and how many of them can be told by mail. */
  people: z.int(),
  reached: z.int(),
  /** When a mail last went out; null: none yet. */
  lastSentAt: z.int().nullable(),
});
export type MailLog = z.output<typeof mailLogSchema>;
