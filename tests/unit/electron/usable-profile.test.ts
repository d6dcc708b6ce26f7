import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageBoxSyncOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { profileTrouble, sayUnusable, type ProfileTrouble } from '#electron/app/usable-profile.ts';
import { openJournalFolder } from '#electron/journal/journal-folder.ts';
import { refusalOf } from '#electron/ipc/refusal.ts';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'pult-profile-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

/** Runs as somebody without rights: to the owner of the machine nothing is closed. */
async function withoutRights<T>(work: () => T | Promise<T>): Promise<T> {
  const isOwner = process.geteuid?.() === 0;
  if (isOwner) process.seteuid?.('nobody');
  try {
    return await work();
  } finally {
    if (isOwner) process.seteuid?.(0);
  }
}

test('a folder that can be written is fit, also when it is not there yet, and nothing stays behind', () => {
  const fresh = join(profile, 'new', 'one');
  expect(profileTrouble(fresh)).toBeNull();
  expect(existsSync(join(fresh, 'room.try'))).toBe(false);
});

test('a full disk, a closed folder and a file in the place of the folder have names', async () => {
  symlinkSync('/dev/full', join(profile, 'room.try'));
  expect(profileTrouble(profile)).toBe('disk_full');
  chmodSync(profile, 0o555);
  expect(await withoutRights(() => profileTrouble(profile))).toBe('read_only');
  const file = join(tmpdir(), `pult-not-a-folder-${process.pid}`);
  writeFileSync(file, '');
  expect(profileTrouble(join(file, 'profile'))).toBe('failed');
  rmSync(file);
});

test('a journal on a full disk and in a closed folder refuses by name', async () => {
  symlinkSync('/dev/full', join(profile, '00000001.ndjson'));
  const refused = (error: unknown): string => refusalOf(error).kind;
  expect(await openJournalFolder(profile).append('line\n').then(String, refused)).toBe('disk_full');
  rmSync(join(profile, '00000001.ndjson'));
  chmodSync(profile, 0o555);
  const closed = await withoutRights(() => openJournalFolder(profile).append('line\n').then(String, refused));
  expect(closed).toBe('read_only');
});

test.each([
  ['disk_full', 0, 'ru', 'На диске нет места'],
  ['read_only', 1, 'en-US', 'closed for writing'],
] as const)('%s is said in words before the start is given up', async (trouble, answer, locale, words) => {
  const said: MessageBoxSyncOptions[] = [];
  const app = {
    whenReady: () => Promise.resolve(),
    getLocale: () => locale,
    relaunch: vi.fn<() => void>(),
    exit: vi.fn<(code?: number) => void>(),
  };
  const dialog = {
    showMessageBoxSync: (...[options]: unknown[]): number => {
      said.push(options as MessageBoxSyncOptions);
      return answer;
    },
  };
  const named = { path: profile };
  await sayUnusable({ app, dialog, trouble: trouble satisfies ProfileTrouble, named });
  expect(said[0]?.detail).toContain(words);
  expect(said[0]?.detail).toContain(profile);
  expect(app.relaunch).toHaveBeenCalledTimes(answer === 0 ? 1 : 0);
  expect(app.exit).toHaveBeenCalledWith(1);
});
