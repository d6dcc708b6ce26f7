import { z } from 'zod';
import { isSensibleDay } from '#shared/domain/bounds.ts';
import { LONGEST_PERSON_NAME } from '#shared/domain/account-rules.ts';
import { ROLES } from '#shared/domain/actor.ts';
import { LOGIN_LENGTH } from '#shared/domain/login-name.ts';
import { dayOfDate } from '#shared/domain/time-zone.ts';
import { PASSWORD_JUDGES } from './sign-in.ts';

/** Ids of municipalities that a person's queue opens with; none: it opens with all. */
export const municipalitiesSchema = z.array(z.string().max(200)).max(100);

/** PUT /api/v1/accounts/:id. `agency`: of an executor, null for everybody else. */
export const personFieldsSchema = z.strictObject({
  displayName: z.string().trim().max(LONGEST_PERSON_NAME),
  role: z.enum(ROLES),
  agency: z.string().max(200).nullable(),
  municipalities: municipalitiesSchema.optional(),
});

/** POST /api/v1/accounts. */
export const newcomerSchema = personFieldsSchema.extend({
  login: z.string().trim().max(LOGIN_LENGTH.longest),
});

/** A one-time password, given this once. */
export const givenPasswordSchema = z.object({ id: z.string(), password: z.string() });
export type GivenPassword = z.infer<typeof givenPasswordSchema>;

/** PUT /api/v1/accounts/:id/disabled. */
export const disabledRequestSchema = z.strictObject({ disabled: z.boolean() });

/** `ended`: how many sessions of the person ended with it. */
export const endedSessionsSchema = z.object({ ended: z.number().int() });
export type EndedSessions = z.infer<typeof endedSessionsSchema>;

/** A session of a person: where, since when and until when last. */
export const personSessionSchema = z.object({
  id: z.uuid(),
  /** The browser or shell and the system, as «Chrome 142, Windows 10»; empty when it does not say. */
  device: z.string(),
  /** Where it was last used from; empty for sessions of earlier releases. */
  address: z.string(),
  createdAt: z.number().int(),
  seenAt: z.number().int(),
  /** The session that asks. */
  isThis: z.boolean(),
});
export type PersonSession = z.infer<typeof personSessionSchema>;

/** GET /api/v1/sessions, GET /api/v1/accounts/:id/sessions: the last used first. */
export const personSessionsSchema = z.object({ sessions: z.array(personSessionSchema) });

/** POST /api/v1/sessions/end. `id`: one of one's own; null: all but the one that asks. */
export const endOwnSessionsSchema = z.strictObject({ id: z.uuid().nullable() });

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine((text) => isSensibleDay(text) && dayOfDate(text) !== null);

/** POST /api/v1/accounts/:id/deputies, PUT …/:deputyship: who stands in for the person, on which days. */
export const deputyFieldsSchema = z.strictObject({ deputy: z.string().min(1).max(60), from: day, to: day });
export type DeputyFields = z.infer<typeof deputyFieldsSchema>;

/** GET /api/v1/accounts/deputies: those of the region that are not over, the earliest first. */
export const deputyshipsSchema = z.object({
  deputyships: z.array(deputyFieldsSchema.extend({ id: z.uuid(), person: z.string().max(60) })).max(100_000),
});

/** An account as an administrator sees it. */
export const listedAccountSchema = z.object({
  id: z.string(),
  login: z.string(),
  displayName: z.string(),
  role: z.enum(ROLES),
  agency: z.string().nullable(),
  /** See {@link municipalitiesSchema}; an API of an earlier release does not say. */
  municipalities: municipalitiesSchema.optional(),
  isDisabled: z.boolean(),
  /** The person has not set a password of their own yet. */
  passwordIsTemporary: z.boolean(),
  /** Where the password is judged; an API of an earlier release does not say. */
  judgedBy: z.enum(PASSWORD_JUDGES).optional(),
  /** The person comes in by a second factor; an API of an earlier release does not say. */
  hasSecondFactor: z.boolean().optional(),
  /** When a session of this person was last used; null when there is none. */
  seenAt: z.number().int().nullable(),
  /** Sessions that have not run out. */
  sessions: z.number().int(),
  /** Where mails to this person go; null: no address is known. */
  mail: z.string().nullable(),
});
export type ListedAccount = z.infer<typeof listedAccountSchema>;

/** GET /api/v1/accounts: the people of the region, by name. */
export const accountsSchema = z.object({ accounts: z.array(listedAccountSchema) });
