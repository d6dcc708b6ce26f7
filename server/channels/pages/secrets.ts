import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pageSecretsSchema, type PageSecrets } from '#server/channels/networks/page-secrets.ts';
import { StartupError, errorCode } from '#server/process/startup-error.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';

const KEY_BYTES = 32;

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

/** Seals secrets for one page: a row copied to another page does not open. */
export const seal = (key: Buffer, page: string, secrets: PageSecrets): string =>
  sealText(key, page, JSON.stringify(secrets));

/** Opens what {@link seal} sealed for the same page. Throws when the key or the page is another. */
export const unseal = (key: Buffer, page: string, sealed: string): PageSecrets =>
  pageSecretsSchema.parse(JSON.parse(unsealText(key, page, sealed)));
