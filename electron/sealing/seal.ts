import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Bytes that a sealed text has more than the text: nonce, then the tag that tells a changed one. */
export const SEAL_BYTES = 12 + 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** Closes bytes to whoever has not got the key, and opens them again (AES-256-GCM, NIST SP 800-38D). */
export interface Seal {
  /** Names the key, and gives nothing of it away. */
  readonly id: string;
  /** `about`: whatever these bytes belong to; they open nowhere else. */
  close(bytes: Uint8Array, about: string): Buffer;
  /** Throws when the bytes were changed, cut, or closed by another key or about something else. */
  open(sealed: Uint8Array, about: string): Buffer;
}

/** The seal of a key of {@link KEY_BYTES}. */
export function sealOf(key: Buffer): Seal {
  return {
    id: createHash('sha256').update(key).digest('hex').slice(0, 16),
    close: (bytes, about) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    open: (sealed, about) => {
      if (sealed.length < SEAL_BYTES) throw new Error('cut off');
      const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
      cipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), cipher.final()]);
    },
  };
}
