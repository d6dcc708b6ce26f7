import { guardEveryContents } from '#electron/security/guard-contents.ts';
import { registerScheme } from '#electron/scheme/register-scheme.ts';
import { silenceStoreChannel } from '#electron/settings/open-settings.ts';
import { LINK_SCHEME } from '#electron/window/deep-link.ts';
import type { ShellParts } from './shell.ts';

/** Chromium's name of its SQLite storage under IndexedDB (chromestatus 5161589557821440). */
export const SQLITE_FEATURE = 'IdbSqliteBackingStore';

/** Sets what Electron accepts only before it is ready. */
export function installBeforeReady({ electron, log, settings, isPackaged }: ShellParts): void {
  const { app, ipcMain, protocol } = electron;
  app.enableSandbox();
  registerScheme(protocol);
  guardEveryContents(app, log);
  silenceStoreChannel(ipcMain);
  if (settings.read().isSqliteTried) app.commandLine.appendSwitch('enable-features', SQLITE_FEATURE);
  // A checkout must not take the links of an installed application over.
  if (isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  app.setAppUserModelId('ru.pult.console');
  // The window is all there is; on macOS too, where a hidden one would go on holding the profile.
  app.on('window-all-closed', () => app.quit());
}
