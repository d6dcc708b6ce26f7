import { z } from 'zod';

/** How a connection to the mail server is protected: from its first byte, after STARTTLS, or not at all. */
export const MAIL_SECURITIES = ['tls', 'starttls', 'none'] as const;
export type MailSecurity = (typeof MAIL_SECURITIES)[number];

/** Languages of mails. */
export const MAIL_LANGUAGES = ['ru', 'en'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/**
 * Reasons why a mail did not go out. The first three are of an address that is not called at all, `refused`
 * and `later` of a server that would not take the mail for good or for now, `lost` of one that said nothing
 * after it had the mail.
 */
export const MAIL_PROBLEMS = [
  'unresolved',
  'private_address',
  'not_encrypted',
  'unreachable',
  'too_slow',
  'certificate',
  'no_encryption',
  'login_refused',
  'sender_refused',
  'address_refused',
  'refused',
  'later',
  'lost',
  'key_changed',
] as const;
export type MailProblem = (typeof MAIL_PROBLEMS)[number];

/** An address of a mailbox (RFC 5321: 254 characters at most). */
export const mailAddressSchema = z.email().max(254);

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostSchema = z
  .string()
  .trim()
  .max(253)
  .regex(new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|[0-9a-f:.]{2,45})$`, 'i'));
/** A time of day, «21:30». */
const timeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** A mail in so many minutes at most goes to one person, {@link mailSettingsSchema}. */
export const DIGEST_MINUTES = { least: 0, most: 24 * 60, usual: 30 } as const;

/** How a centre sends mail, without its password. */
export const mailSettingsSchema = z.strictObject({
  isOn: z.boolean(),
  host: hostSchema,
  port: z.int().min(1).max(65_535),
  security: z.enum(MAIL_SECURITIES),
  /** Empty: the server asks for none. */
  login: z.string().trim().max(254),
  /** PEM of a private root that calls of this server trust besides the usual ones; empty: none. */
  certificate: z.string().trim().max(20_000),
  sender: mailAddressSchema,
  /** Where people open the console, `https://pult.example`: links in mails lead there. */
  consoleUrl: z.url({ protocol: /^https?$/ }).max(300),
  language: z.enum(MAIL_LANGUAGES),
  /** Of what happens meanwhile one mail tells. */
  digestMinutes: z.int().min(DIGEST_MINUTES.least).max(DIGEST_MINUTES.most),
  /** Hours of the centre's day in which no notices go out; equal times: none. */
  quietFrom: timeSchema,
  quietTo: timeSchema,
});
export type MailSettings = z.output<typeof mailSettingsSchema>;

/** PUT /api/v1/mail. `password`: null leaves the one that is kept, '' takes it away. */
export const mailChangeSchema = mailSettingsSchema.extend({ password: z.string().max(500).nullable() });
export type MailChange = z.output<typeof mailChangeSchema>;

/** GET /api/v1/mail: null while nobody has said how. */
export const mailViewSchema = z.object({
  settings: mailSettingsSchema.nullable(),
  hasPassword: z.boolean(),
});
export type MailView = z.output<typeof mailViewSchema>;

/** POST /api/v1/mail/check: a mail that says it was asked for, by the settings that are kept. */
export const mailCheckSchema = z.strictObject({ to: mailAddressSchema });

/** Outcome of a mail: the mail server took it, or why it did not, with the code it gave. */
export const mailOutcomeSchema = z.object({
  problem: z.enum(MAIL_PROBLEMS).nullable(),
  code: z.int().nullable(),
});
export type MailOutcome = z.output<typeof mailOutcomeSchema>;
