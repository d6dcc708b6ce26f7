import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import type { Keeping } from '#shared/protocol/ipc.ts';
import type { Log } from '#electron/app/log.ts';
import { KEY_BYTES, sealOf, type Seal } from './seal.ts';

interface SealParts {
  readonly safeStorage: Pick<SafeStorage, 'encryptStringAsync' | 'decryptStringAsync'>;
  /** As the credentials found it: whether the system's keychain is one. */
  readonly keeping: Keeping;
  readonly path: string;
  readonly now: () => Date;
  readonly log: Log;
}

async function keptKey({ safeStorage, path }: SealParts): Promise<Buffer> {
  const { result } = await safeStorage.decryptStringAsync(readFileSync(path));
  const key = Buffer.from(result, 'base64');
  if (key.length !== KEY_BYTES) throw new Error('not a key');
  return key;
}

async function newKey({ safeStorage, path }: SealParts): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  const kept = await safeStorage.encryptStringAsync(key.toString('base64'));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, kept, { mode: 0o600, flush: true });
  return key;
}

/**
 * Opens the seal of this profile: its key lies beside it, closed by the system's keychain. Null where there
 * is no keychain worth the name. A key that cannot be opened any more is put aside, never thrown away: an
 * earlier keychain may come back with what it closed; the profile goes on under a new one.
 */
export async function openSeal(parts: SealParts): Promise<Seal | null> {
  const { keeping, path, now, log } = parts;
  if (keeping === 'unavailable' || keeping === 'basic_text') return null;
  try {
    if (existsSync(path)) return sealOf(await keptKey(parts));
  } catch (error) {
    log.error('the key of journals and waiting files cannot be opened', error);
    renameSync(path, `${path}.${now().toISOString().replaceAll(':', '-')}`);
  }
  try {
    return sealOf(await newKey(parts));
  } catch (error) {
    log.error('journals and waiting files are not sealed', error);
    return null;
  }
}
