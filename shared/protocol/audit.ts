import { z } from 'zod';
import { isSensible } from '#shared/domain/instant.ts';
import { isSensibleDay } from '#shared/domain/bounds.ts';
import { TABLE_FORMATS } from '#shared/exchange/table-write.ts';

/** Who acts at the machine of the centre itself, by `npm run …`. */
export const COMMAND_LINE = 'command line';

const id = z.string().max(200);
const word = z.string().max(60);
const count = z.int().min(0);
const day = z.string().max(40);
const nothing = z.strictObject({});

/** Rows of a load that its line tells one by one. */
export const MOST_ROWS_TOLD = 20;

/** No field of a setting, a person or a page may bring a secret into the log. */
const SECRET = /password|token|secret|hash|confirmation|certificate|key$/i;
/** Values of a thing by its fields, before or after a change; null where there is no such thing. */
const fields = z
  .record(word, z.unknown())
  .refine((values) => Object.keys(values).every((name) => !SECRET.test(name)), { message: 'a secret' })
  .nullable();
const changed = { before: fields, after: fields };
/** The load of a table of people that the line is a part of. */
const load = z.uuid().optional();

/**
 * Lines of the audit log: each kind with what it tells beside who, when and from where. A new kind is a line
 * here, its place in a group and its sentence under `audit.line.KIND` in both languages. Nothing else gets
 * in: no words of a resident, no password and no secret.
 */
export const AUDIT_DETAILS = {
  login: nothing,
  login_demo: nothing,
  login_disabled: nothing,
  /** `typed`: what is left of a name that nobody has, which may be somebody's password. */
  login_failed: z.strictObject({ typed: word.optional() }),
  login_limited: z.strictObject({ seconds: count }),
  login_provider: nothing,
  /** `who`: the login that the other system told, where it had told one. */
  login_refused: z.strictObject({ why: word, who: id.optional() }),
  logout: nothing,
  /** The password was right, the code of the second factor was not. */
  login_code_wrong: nothing,
  /** `left`: spare codes that the person still has. */
  login_spare: z.strictObject({ left: count }),
  right_refused: z.strictObject({ method: word, route: id }),

  account_added: z.strictObject({ account: id, after: fields, load }),
  account_changed: z.strictObject({ account: id, ...changed, endedSessions: count.optional(), load }),
  /** Lines of earlier releases tell of no sessions. */
  account_linked: z.strictObject({ account: id, endedSessions: count.optional() }),
  account_dismissed: z.strictObject({ account: id, load }),
  account_readmitted: z.strictObject({ account: id, load }),
  second_factor_set: nothing,
  second_factor_removed: nothing,
  second_factor_reset: z.strictObject({ account: id }),
  spare_codes_made: nothing,
  password_changed: z.strictObject({ endedSessions: count }),
  password_reset: z.strictObject({ account: id, endedSessions: count }),
  sessions_ended: z.strictObject({ account: id, endedSessions: count }),
  invitation_made: z.strictObject({ account: id, endedSessions: count, load }),
  invitation_accepted: z.strictObject({ account: id, endedSessions: count }),
  invitation_ordered: z.strictObject({ account: id, load }),
  notices_changed: z.strictObject({ account: id, ...changed, load }),
  forgetting_ordered: z.strictObject({ account: id }),
  /** `account`: the person who is away. */
  deputy_named: z.strictObject({ account: id, ...changed }),
  deputy_ended: z.strictObject({ account: id, ...changed }),
  /** `id`: the load's, which its lines name; `takesBack`: that of the load which was taken back. */
  people_loaded: z.strictObject({
    id: z.uuid(),
    file: id,
    takesBack: z.uuid().nullable(),
    added: count,
    changed: count,
  }),

  /** The id of a topic is the path of its names. */
  setting_changed: z.strictObject({ kind: word, id: z.string().max(3000), ...changed }),
  /** `id`: the load's, which several lines may share; `takesBack`: that of the load which was taken back. */
  settings_loaded: z.strictObject({
    kind: word,
    id,
    file: id,
    takesBack: z.uuid().nullable(),
    added: count,
    changed: count,
    rows: z.array(z.strictObject({ id: z.string().max(3000), ...changed })).max(MOST_ROWS_TOLD),
  }),

  mail_check: z.strictObject({ to: z.string().max(254), sent: z.boolean() }),

  channel_add: z.strictObject({ channel: id, after: fields }),
  channel_edit: z.strictObject({
    channel: id,
    name: id.optional(),
    secrets: z.array(word).max(10),
    ...changed,
  }),
  channel_state: z.strictObject({ channel: id, ...changed }),
  channel_event_settle: z.strictObject({ channel: id, registered: z.boolean() }),
  partner_add: z.strictObject({ partner: id, after: fields }),
  partner_change: z.strictObject({ partner: id, name: id.optional(), ...changed }),
  partner_revoke: z.strictObject({ partner: id, name: id }),
  open_reading: z.strictObject({ ...changed }),

  import: z.strictObject({
    fileName: id,
    read: count,
    created: count,
    updated: count,
    unchanged: count,
    refused: count,
  }),
  export: z.strictObject({ format: word, from: day.nullable(), to: day.nullable(), rows: count }),
  report_issue: z.strictObject({ form: word, from: day, to: day, number: count, sha256: id }),
  audit_export: z.strictObject({ format: word, from: day.nullable(), to: day.nullable(), rows: count }),
  put_back: z.strictObject({ head: count }),
  /** Bytes within a day, the bound, and when it was passed. */
  feed_swelled: z.strictObject({ bytes: count, limit: count, since: count }),
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** A kind of line. */
export type AuditKind = keyof typeof AUDIT_DETAILS;
export type AuditDetail<K extends AuditKind> = z.input<(typeof AUDIT_DETAILS)[K]>;

export const AUDIT_KINDS = Object.keys(AUDIT_DETAILS) as readonly AuditKind[];

/** The kinds by what they are about, as the screen offers them. */
export const AUDIT_GROUPS = {
  entry: [
    'login',
    'login_demo',
    'login_disabled',
    'login_failed',
    'login_code_wrong',
    'login_spare',
    'login_limited',
    'login_provider',
    'login_refused',
    'logout',
    'right_refused',
  ],
  people: [
    'account_added',
    'account_changed',
    'account_linked',
    'account_dismissed',
    'account_readmitted',
    'second_factor_set',
    'second_factor_removed',
    'second_factor_reset',
    'spare_codes_made',
    'password_changed',
    'password_reset',
    'sessions_ended',
    'invitation_made',
    'invitation_accepted',
    'invitation_ordered',
    'notices_changed',
    'forgetting_ordered',
    'deputy_named',
    'deputy_ended',
    'people_loaded',
  ],
  settings: [
    'setting_changed',
    'settings_loaded',
    'mail_check',
    'channel_add',
    'channel_edit',
    'channel_state',
    'channel_event_settle',
    'partner_add',
    'partner_change',
    'partner_revoke',
    'open_reading',
  ],
  data: ['import', 'export', 'report_issue', 'audit_export', 'put_back', 'feed_swelled'],
} as const satisfies Readonly<Record<string, readonly AuditKind[]>>;
export type AuditGroup = keyof typeof AUDIT_GROUPS;

/** A line as the API gives it. An older release wrote fewer details and a newer one writes other kinds. */
const auditLineSchema = z.object({
  id: z.int(),
  at: z.int(),
  /** Account id, {@link COMMAND_LINE}, or what is left of a name that nobody has. */
  actor: z.string(),
  action: z.string(),
  address: z.string(),
  /** The program that was used, as it named itself (user agent); '' where none is known. */
  device: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
/** One line of the audit log. */
export type AuditLine = z.output<typeof auditLineSchema>;

/** A day of the region's calendar. */
const dayParam = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine(isSensibleDay)
  .optional();

/** The choice of lines, all of them where nothing is said; days are both included. */
const auditFilterSchema = z.object({
  /** Lines that this person wrote by acting, and those that tell of them. */
  person: z.string().max(200).optional(),
  kind: z.enum(AUDIT_KINDS as [AuditKind, ...AuditKind[]]).optional(),
  from: dayParam,
  to: dayParam,
  /** Stands in the names of people, in an address or in what a line tells. */
  word: z.string().trim().max(100).optional(),
});
/** A choice of lines. */
export type AuditFilter = z.output<typeof auditFilterSchema>;

/** The last line a page went to: `moment.id`. */
const cursor = z
  .string()
  .regex(/^\d{1,15}\.\d{1,15}$/)
  .transform((text) => {
    const [at = 0, line = 0] = text.split('.').map(Number);
    return { at, id: line };
  })
  .refine(({ at }) => isSensible(at));

/** `GET /api/v1/audit`, for administrators: newest first, a page further with `after`. */
export const auditQuerySchema = auditFilterSchema.extend({ after: cursor.optional() });
/** A page of the log; `next` is null at its end. */
export const auditPageSchema = z.object({ lines: z.array(auditLineSchema), next: z.string().nullable() });
export type AuditPage = z.output<typeof auditPageSchema>;

/** `GET /api/v1/audit/export`: all that is chosen; the file is made by who asked, in their language. */
export const auditExportQuerySchema = auditFilterSchema.extend({ format: z.enum(TABLE_FORMATS) });
/** `isCut`: there was more than {@link MOST_EXPORTED}. */
export const auditExportSchema = z.object({ lines: z.array(auditLineSchema), isCut: z.boolean() });
export type AuditExport = z.output<typeof auditExportSchema>;

/** Lines of one file. */
export const MOST_EXPORTED = 20_000;
