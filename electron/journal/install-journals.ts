import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShellParts } from '#electron/app/shell.ts';
import type { SealHolder } from '#electron/sealing/install-sealing.ts';
import { waitingPath } from '#electron/attachments/install-waiting-files.ts';
import { openJournalFolder, type JournalFolder } from './journal-folder.ts';

/**
 * Every operator's actions have a folder of their own in the profile's `journal/`, named by region and
 * account.
 */
export function installJournals({ channels, profile: home }: ShellParts, sealing: SealHolder): void {
  const { seal, noteOther: onOther } = sealing;
  const open = new Map<string, JournalFolder>();
  const journalOf = (profile: string): JournalFolder => {
    const journal =
      open.get(profile) ??
      openJournalFolder(join(home, 'journal', encodeURIComponent(profile)), { seal, onOther });
    open.set(profile, journal);
    return journal;
  };
  channels.handle('journal.append', async ({ profile, text }) => {
    await journalOf(profile).append(text);
    return null;
  });
  channels.handle('journal.read', (profile) => journalOf(profile).read());
  channels.handle('copy.remove', async (profile) => {
    await journalOf(profile).remove();
    await rm(waitingPath(home, profile), { recursive: true, force: true });
    return null;
  });
  channels.handle('journal.replace', async ({ profile, text }) => {
    await journalOf(profile).replace(text);
    return null;
  });
}
