import { z } from 'zod';
import { API_ERROR_KINDS } from './errors.ts';
import { SIGN_IN_PATH } from './sign-in.ts';

/**
 * POST: a shell begins a sign-in in the person's own browser. GET with `?ticket=`: that browser's door, from
 * which it goes on to the provider.
 */
export const SHELL_SIGN_IN_PATH = `${SIGN_IN_PATH}/shell`;
/** POST: the code that came to the shell's loopback address, changed for a session. */
export const SHELL_SESSION_PATH = `${SHELL_SIGN_IN_PATH}/session`;

/** 256 random bits, or the hash of such, in base64url. */
const secretSchema = z.string().regex(/^[\w-]{43}$/);

/** Where a shell waits for the end of a sign-in that it has begun, and what binds the end to it. */
export const shellWaitSchema = z.strictObject({
  /** SHA-256 of the verifier, which stays in the shell (RFC 7636). */
  challenge: secretSchema,
  /** Of 127.0.0.1 (RFC 8252, section 7.3). */
  port: z.int().min(1024).max(65_535),
  /** The one path that is answered there. */
  path: secretSchema,
  /** Comes back with the end: it belongs to this very beginning. */
  state: secretSchema,
  language: z.enum(['ru', 'en']),
});
export type ShellWait = z.output<typeof shellWaitSchema>;

/** POST …/shell. */
export const shellStartSchema = z.strictObject({ region: z.string().max(100), ...shellWaitSchema.shape });

/**
 * The browser's door. `mark`: four digits that the shell and the browser's last page both show, so that a
 * person can compare.
 */
export const shellStartedSchema = z.object({
  url: z.string().max(10_000),
  mark: z.string().regex(/^\d{4}$/),
});

/** Fields of the browser's last page: a code for a session, or why there is none. */
export const handedOverSchema = z.union([
  z.strictObject({ state: secretSchema, code: secretSchema }),
  z.strictObject({ state: secretSchema, refusal: z.enum(API_ERROR_KINDS) }),
]);
export type HandedOver = z.output<typeof handedOverSchema>;

/** POST …/shell/session. The answer is that of a login, with the token in its body. */
export const shellSessionSchema = z.object({
  region: z.string().max(100),
  code: secretSchema,
  verifier: secretSchema,
});
export type ShellCode = z.output<typeof shellSessionSchema>;
