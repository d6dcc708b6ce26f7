import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openCredentials } from '#electron/session/credentials.ts';

const folder = mkdtempSync(join(tmpdir(), 'pult-credentials-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ticket = { addresses: ['https://api.example'], token: 'тайна', expiresAt: 5 };

function open(name: string, backend: 'gnome_libsecret' | 'basic_text', isAvailable = true, key = 1) {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ key));
  return openCredentials({
    safeStorage: {
      isAsyncEncryptionAvailable: async () => isAvailable,
      getSelectedStorageBackend: () => backend,
      encryptStringAsync: async (text) => turn(Buffer.from(text)),
      decryptStringAsync: async (bytes) => ({ shouldReEncrypt: false, result: turn(bytes).toString() }),
    },
    platform: 'linux',
    path: join(folder, name),
    log,
  });
}

test('a keychain keeps the session between starts, closed to others and never in plain text', async () => {
  await (await open('a', 'gnome_libsecret')).keep(ticket);
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, 'a'), 'utf8')).not.toContain('тайна');
  const again = await open('a', 'gnome_libsecret');
  expect(await again.read()).toEqual(ticket);
  again.forget();
  expect(await again.read()).toBeNull();
});

test.each([
  ['basic_text', true],
  ['unavailable', false],
] as const)('%s keeps nothing, takes away what lay there and says why', async (keeping, isAvailable) => {
  writeFileSync(join(folder, keeping), 'old');
  const credentials = await open(keeping, 'basic_text', isAvailable);
  expect(credentials.keeping()).toBe(keeping);
  await credentials.keep(ticket);
  expect(existsSync(join(folder, keeping))).toBe(false);
  expect(await credentials.read()).toBeNull();
});

test('a changed keychain means logging in once more, not a crash', async () => {
  await (await open('c', 'gnome_libsecret')).keep(ticket);
  const other = await open('c', 'gnome_libsecret', true, 2);
  expect(await other.read()).toBeNull();
  expect(other.keeping()).toBe('unreadable');
  await other.keep(ticket);
  expect(await other.read()).toEqual(ticket);
});
