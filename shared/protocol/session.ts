import { z } from 'zod';
import { ROLES } from '#shared/domain/actor.ts';
import { MOST_DEPUTYSHIPS } from '#shared/domain/deputyship.ts';
import { COPY_DAYS } from '#shared/domain/regulation.ts';
import { factorCodeSchema } from './second-factor.ts';
import { PASSWORD_JUDGES } from './sign-in.ts';

/**
 * POST /api/v1/session. `token: true` asks for the token in the answer (shell, scripts); browsers get an
 * HttpOnly cookie only. `device`: what an answer to a login with a token told this device to be known by.
 */
export const loginRequestSchema = z.object({
  login: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(500),
  token: z.boolean().default(false),
  device: z.string().max(100).optional(),
  /** Of the second factor, where the person has one: asked for once the password was right. */
  code: factorCodeSchema.optional(),
});
export type LoginRequest = z.infer<typeof loginRequestSchema>;

/** A session as the console keeps it. */
export const sessionSchema = z.object({
  account: z.object({
    id: z.string(),
    login: z.string(),
    displayName: z.string(),
    role: z.enum(ROLES),
    agency: z.string().nullable(),
  }),
  region: z.object({
    code: z.string(),
    name: z.string(),
    timeZone: z.string(),
    /** See `Regulation`; APIs of earlier releases do not say. */
    copyDays: z.number().int().min(COPY_DAYS.least).max(COPY_DAYS.most).optional(),
  }),
  /** Moment of the login by the API's clock; sessions of earlier releases have none. */
  begunAt: z.number().int().optional(),
  expiresAt: z.number().int(),
  /**
   * The password was given by somebody else: nothing is answered but setting one's own. Left out otherwise.
   */
  mustSetPassword: z.literal(true).optional(),
  /** Nothing is answered but setting up a second factor. Left out otherwise. */
  mustSetFactor: z.literal(true).optional(),
  /** Where the password of this account is judged; left out where that is here. */
  judgedBy: z.enum(PASSWORD_JUDGES).optional(),
});
export type Session = z.infer<typeof sessionSchema>;

/** Tells whether another system lets this person in: no password of theirs is Pult's. */
export const isJudgedElsewhere = ({ judgedBy = 'here' }: Session): boolean => judgedBy !== 'here';

/**
 * Header of a request that says for whose session it is meant. One browser has one cookie for all its
 * windows: when somebody else has come in meanwhile, a request of the person before is refused as one
 * without a session.
 */
export const ACCOUNT_HEADER = 'pult-account';

/** The value of {@link ACCOUNT_HEADER}. */
export const accountMark = ({ region, account }: Pick<Session, 'region' | 'account'>): string =>
  `${encodeURIComponent(region.code)}:${encodeURIComponent(account.id)}`;

export const loginResponseSchema = sessionSchema.extend({
  token: z.string().optional(),
  device: z.string().optional(),
});
export type LoginResponse = z.infer<typeof loginResponseSchema>;

/** PUT /api/v1/session/password. `current`: the password it replaces, given once more. */
export const passwordRequestSchema = z.object({
  current: z.string().min(1).max(500),
  password: z.string().min(1).max(500),
});

export type PasswordRequest = z.infer<typeof passwordRequestSchema>;

/** `ended`: how many other sessions of this person ended with it. */
export const passwordResponseSchema = z.object({ session: sessionSchema, ended: z.number().int() });
export type PasswordResponse = z.infer<typeof passwordResponseSchema>;

/** An account as everyone in the region sees it: names for history lines, nothing secret. */
export const accountRowSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  role: z.enum(ROLES),
  agency: z.string().nullable(),
  /** Ids of municipalities that their queue opens with; left out for all. */
  municipalities: z.array(z.string().max(200)).max(100).optional(),
  /** Who stands in for them on which days, both included; left out for nobody, and by earlier releases. */
  deputies: z
    .array(z.object({ deputy: z.string(), from: z.string().max(10), to: z.string().max(10) }))
    .max(MOST_DEPUTYSHIPS)
    .optional(),
  /** No more among the region's people; left out while they are. */
  dismissed: z.boolean().optional(),
  /**
   * An administrator's order: copies of this person that workstations began before this moment, by the API's
   * clock, are to be removed there. Left out where nobody has ordered any.
   */
  forgetBefore: z.number().int().optional(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;
