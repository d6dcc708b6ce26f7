import type { ShellParts } from '#electron/app/shell.ts';
import { createUpdates, type Updates } from './updates.ts';

/** How often the configured address is asked, ms. */
const EVERY_MS = 4 * 3_600_000;

/** Asks for new versions at the start and every few hours, where an address is configured. */
export function installUpdates({ channels, log, settings, window }: ShellParts): Updates {
  const updates = createUpdates({
    load: async () => (await import('electron-updater')).default.autoUpdater,
    address: () => settings.read().updateAddress,
    onState: (state) => window.tell({ kind: 'update', state }),
    log,
  });
  const answer = (work: () => Promise<void>) => async (): Promise<null> => {
    await work();
    return null;
  };
  channels.handle(
    'update.check',
    answer(() => updates.check()),
  );
  channels.handle(
    'update.download',
    answer(() => updates.download()),
  );
  channels.handle(
    'update.install',
    answer(() => updates.install()),
  );
  setTimeout(() => void updates.check(), 0).unref();
  setInterval(() => void updates.check(), EVERY_MS).unref();
  return updates;
}
