import { z } from 'zod';
import { ACCOUNT_TROUBLES } from '#shared/domain/account-rules.ts';
import { DEPUTY_TROUBLES } from '#shared/domain/deputyship.ts';
import { SIGN_IN_TROUBLES } from './sign-in.ts';

/** Kinds of error the API answers with; each has a sentence under `error.<kind>` in both languages. */
export const API_ERROR_KINDS = [
  'bad_json',
  'bad_request',
  'too_large',
  'unauthenticated',
  'session_expired',
  'wrong_password',
  'password_temporary',
  'password_short',
  'password_long',
  'password_common',
  'password_same',
  ...ACCOUNT_TROUBLES.map((trouble) => `account_${trouble}` as const),
  ...DEPUTY_TROUBLES.map((trouble) => `deputy_${trouble}` as const),
  'second_factor_needed',
  'second_factor_wrong',
  'second_factor_demanded',
  'second_factor_stale',
  'second_factor_elsewhere',
  'invitation_used',
  'invitation_replaced',
  'invitation_expired',
  'invitation_unknown',
  'mail_not_set',
  'bot_not_there',
  'mail_no_address',
  'code_wrong',
  'code_expired',
  ...SIGN_IN_TROUBLES.map((trouble) => `sign_in_${trouble}` as const),
  'numbers_given',
  'forbidden',
  'not_found',
  'not_begun',
  'damaged',
  'attachment_refused',
  'part_misplaced',
  'too_slow',
  'over_quota',
  'rate_limited',
  'unavailable',
  'protocol_too_old',
  'protocol_too_new',
  'sequence_gap',
  'resync',
  'internal',
] as const;
export type ApiErrorKind = (typeof API_ERROR_KINDS)[number];

/**
 * Body of every error answer. Never a stack trace. `detail` is for machines: paths of bad fields, the
 * expected seq, …
 */
export const apiErrorSchema = z.object({
  error: z.object({
    kind: z.enum(API_ERROR_KINDS),
    message: z.string(),
    detail: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type ApiError = z.infer<typeof apiErrorSchema>;
