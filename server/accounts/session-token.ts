import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, the only proof of a session. It is given out once and never stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The stored form of a token. Plain SHA-256 is enough: a random token cannot be guessed from its hash. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
