import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Dialog } from 'electron';
import { refusalOf } from '#electron/ipc/refusal.ts';
import type { Language } from '#shared/text/duration.ts';
import { wordOf, type Named } from './words.ts';

/** Why this folder cannot be worked in. */
export type ProfileTrouble = 'disk_full' | 'read_only' | 'failed';

/** Room a start needs: with less, Chromium may throw the local copy away (electron/electron#41877). */
const ROOM_BYTES = 1024 * 1024;

/**
 * Finds what is wrong with the profile; null when nothing is. Tried by writing, because rights, quotas and
 * read-only disks show in no other way alike.
 */
export function profileTrouble(profile: string): ProfileTrouble | null {
  const path = join(profile, 'room.try');
  try {
    mkdirSync(profile, { recursive: true });
    try {
      writeFileSync(path, Buffer.alloc(ROOM_BYTES), { flush: true });
    } finally {
      rmSync(path, { force: true });
    }
    return null;
  } catch (error) {
    const { kind } = refusalOf(error);
    return kind === 'disk_full' || kind === 'read_only' ? kind : 'failed';
  }
}

interface Asking {
  readonly app: Pick<App, 'whenReady' | 'getLocale' | 'relaunch' | 'exit'>;
  readonly dialog: Pick<Dialog, 'showMessageBoxSync'>;
  /** Why nothing can be opened: the name of the sentence, and what it names. */
  readonly trouble: ProfileTrouble | LockTrouble;
  readonly named: Named;
}

/** Why the lock of the profile cannot be had: see window/profile-lock.ts. */
type LockTrouble = 'elsewhere' | 'silent' | 'unlockable';

/**
 * Says what is wrong with the profile, and starts anew or ends as the person chooses. Stands in the place of
 * the whole start: what Electron takes only before it is ready could not follow, and the lock of a single
 * instance, which lies in the profile, would fail without a word.
 */
export async function sayUnusable({ app, dialog, trouble, named }: Asking): Promise<void> {
  await app.whenReady();
  const language: Language = app.getLocale().startsWith('en') ? 'en' : 'ru';
  const detail = wordOf(language, trouble, named);
  process.stderr.write(`${detail}\n`);
  const message = wordOf(language, 'unusable');
  const buttons = [wordOf(language, 'again'), wordOf(language, 'close')];
  const answer = dialog.showMessageBoxSync({
    type: 'error',
    title: message,
    message,
    detail,
    buttons,
    defaultId: 0,
    cancelId: 1,
  });
  if (answer === 0) app.relaunch();
  app.exit(1);
}
