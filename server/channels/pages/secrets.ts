import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pageSecretsSchema, type PageSecrets } from '#server/channels/networks/page-secrets.ts';
import { StartupError, errorCode } from '#server/process/startup-error.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function toKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new StartupError(
    'bad_arguments',
    'The key for tokens of channels is not 32 bytes in base64.',
    'Make one with: openssl rand -base64 32',
  );
}

/**
 * The key that tokens are sealed with: from `CHANNEL_KEY`, else from the file, which is made when it is
 * missing. It lies outside the database, so a backup or a stolen dump gives no tokens. Throws StartupError.
 */
export function channelKey(fromEnvironment: string | null, file: string): Buffer {
  if (fromEnvironment !== null) return toKey(fromEnvironment);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  return toKey(readFileSync(file, 'utf8'));
}

/** Seals secrets for one page (AES-256-GCM): a row copied to another page does not open. */
export function seal(key: Buffer, page: string, secrets: PageSecrets): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(page));
  const body = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

/** Opens what {@link seal} sealed for the same page. Throws when the key or the page is another. */
export function unseal(key: Buffer, page: string, sealed: string): PageSecrets {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(page))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return pageSecretsSchema.parse(JSON.parse(text.toString()));
}
