import { join } from 'node:path';
import type { ShellParts } from '#electron/app/shell.ts';
import type { SealHolder } from '#electron/sealing/install-sealing.ts';
import { openWaitingFolder, type WaitingFolder } from './waiting-folder.ts';

/** The folder of an operator's waiting files in the profile `home`. */
export const waitingPath = (home: string, profile: string): string =>
  join(home, 'attachments', encodeURIComponent(profile));

/**
 * Every operator's files on their way to the centre lie in a folder of their own in the profile's
 * `attachments/`.
 */
export function installWaitingFiles({ channels, profile: home }: ShellParts, { seal }: SealHolder): void {
  const folderOf = (profile: string): WaitingFolder => openWaitingFolder(waitingPath(home, profile), seal);
  channels.handle('waiting.write', async ({ profile, hash, offset, part, isLast }) => {
    await folderOf(profile).write(hash, offset, part, isLast);
    return null;
  });
  channels.handle('waiting.read', ({ profile, hash, offset, length }) =>
    folderOf(profile).read(hash, offset, length),
  );
  channels.handle('waiting.list', (profile) => folderOf(profile).list());
  channels.handle('waiting.remove', async ({ profile, hash }) => {
    await folderOf(profile).remove(hash);
    return null;
  });
}
