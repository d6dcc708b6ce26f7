import { z } from 'zod';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';

/** So long a person may stay at the provider's page. */
export const SIGN_IN_MS = 15 * MS_PER_MINUTE;

const begunSchema = z.strictObject({
  region: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  at: z.int(),
});
/** The secrets that a sign-in began with; the answer must fit them. */
export type BegunSignIn = z.output<typeof begunSchema>;

const OWNER = 'sign-in';

/**
 * Seals what a sign-in began with for the browser's cookie: only this browser can finish it, and whoever
 * begins a million of them fills no table.
 */
export const sealBegun = (key: Buffer, begun: BegunSignIn): string =>
  Buffer.from(sealText(key, OWNER, JSON.stringify(begun)), 'base64').toString('base64url');

/** Opens such a cookie; null where it is none of ours or too old. */
export function openBegun(key: Buffer, cookie: string, now: Instant): BegunSignIn | null {
  try {
    const sealed = Buffer.from(cookie, 'base64url').toString('base64');
    const begun = begunSchema.parse(JSON.parse(unsealText(key, OWNER, sealed)));
    return now - begun.at <= SIGN_IN_MS ? begun : null;
  } catch {
    return null;
  }
}
