import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#shared/domain/instant.ts';

/** Milliseconds that a code stands (RFC 6238, 5.2). */
export const STEP_MS = 30_000;
const DIGITS = 6;
/** Bytes of a secret: as many as the hash has (RFC 4226, 4: at least 16). */
const SECRET_BYTES = 20;
/** Steps that a clock may be behind or ahead. */
const DRIFT = 1;

/** A secret that an application makes codes of. */
export const newSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** The step of a moment. */
export const stepAt = (at: Instant): number => Math.floor(at / STEP_MS);

/** The code of a step: HMAC-SHA-1, for that is what every application knows (RFC 4226, 5.3). */
export function codeOfStep(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7f_ff_ff_ff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** Tells whether a text has the form of a code. */
export const isCode = (text: string): boolean => /^\d{6}$/.test(text);

/**
 * The step whose code this is, within a step of now and after `last`, the step that was used last; null when
 * there is none.
 */
export function stepOfCode(secret: Buffer, code: string, now: Instant, last: number): number | null {
  const given = Buffer.from(code);
  let found: number | null = null;
  for (let drift = -DRIFT; drift <= DRIFT; drift += 1) {
    const step = stepAt(now) + drift;
    const expected = Buffer.from(codeOfStep(secret, step));
    const isSame = given.length === expected.length && timingSafeEqual(given, expected);
    if (isSame && step > last) found ??= step;
  }
  return found;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A secret as applications take it in by hand (RFC 4648, 6), without padding. */
export function base32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** The address that a QR code tells an application; Latin letters alone, for the code to stay small. */
export function keyAddress(secret: Buffer, login: string, regionCode: string): string {
  const issuer = `Pult ${regionCode}`;
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(login)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
