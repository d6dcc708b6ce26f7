import { join } from 'node:path';
import type * as electronModule from 'electron';
import type { WebContents } from 'electron';
import { createRegistrar, type Registrar } from '#electron/ipc/registrar.ts';
import { presetPaths, readPreset } from '#electron/settings/preset.ts';
import { holdSettings, type SettingsHolder } from '#electron/settings/settings-holder.ts';
import { createMainWindow, type MainWindow } from '#electron/window/main-window.ts';
import { fileLog, type Log } from './log.ts';

/** Electron's main process API, handed to installers instead of being imported by each. */
export type Electron = typeof electronModule;

/** The parts that installers share. */
export interface ShellParts {
  readonly electron: Electron;
  readonly log: Log;
  readonly settings: SettingsHolder;
  readonly window: MainWindow;
  readonly channels: Registrar;
  /** Where the built console lies. */
  readonly console: string;
  /** Folder of this profile: settings, journals, log. */
  readonly profile: string;
  readonly args: readonly string[];
  readonly isPackaged: boolean;
}

/** Gives the page that called, or throws: a window may close while its call is under way. */
export function windowOf(shell: ShellParts): WebContents {
  const window = shell.window.current();
  if (window === null) throw new Error('The window is closed');
  return window.webContents;
}

/** Opens the profile and prepares the window and the channels. Nothing is on the screen yet. */
export function createShell(
  electron: Electron,
  profile: string,
  folder: string,
  args: readonly string[],
): ShellParts {
  const { app, BrowserWindow, ipcMain, nativeTheme, screen } = electron;
  const log = fileLog(join(profile, 'logs', 'shell.log'));
  const settings = holdSettings(profile, readPreset(presetPaths(process.platform, process.env)), log);
  const window = createMainWindow({
    create: (options) => new BrowserWindow(options),
    preload: join(folder, 'preload.cjs'),
    displays: () => screen.getAllDisplays().map(({ workArea }) => workArea),
    saved: () => settings.read().window,
    save: (bounds) => settings.note({ window: bounds }),
    isDark: () => nativeTheme.shouldUseDarkColors,
  });
  const channels = createRegistrar({ ipcMain, knownIds: window.knownIds, log });
  const console = join(folder, '..', 'renderer');
  return { electron, log, settings, window, channels, console, profile, args, isPackaged: app.isPackaged };
}
