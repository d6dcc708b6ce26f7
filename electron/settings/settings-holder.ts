import type { Log } from '#electron/app/log.ts';
import type { Preset } from '#shared/protocol/ipc.ts';
import { openSettings, putAside, type OpenedSettings } from './open-settings.ts';
import type { ReadPreset } from './preset.ts';
import { FIRST_SETTINGS, type Settings } from './settings-schema.ts';

/**
 * The settings as the shell uses them: there is always something to read, and what could not be read is
 * known.
 */
export interface SettingsHolder {
  opened(): OpenedSettings;
  /** The preset of this workstation, as it was found at the start. */
  preset(): Preset;
  /** Settings with the preset over them; the first ones while the file is unreadable. */
  read(): Settings;
  /** Throws when the disk refuses, or while the file is unreadable. */
  change(part: Partial<Settings>): void;
  /** As `change`, for what is nobody's wish (a window moved): a refusal is noted. */
  note(part: Partial<Settings>): void;
  /** Puts an unreadable file aside and begins anew; gives the name it has now. */
  reset(now: Date): string;
}

/** Opens the settings in `folder` under a preset; see {@link openSettings}. */
export function holdSettings(folder: string, preset: ReadPreset, log: Log): SettingsHolder {
  if (preset.told.kind === 'unreadable') log.error(`the preset ${preset.told.path} is unreadable`);
  let opened = openSettings({ folder });
  if (opened.kind === 'unreadable') log.error(`settings are unreadable (${opened.why})`);
  const change = (part: Partial<Settings>): void => {
    if (opened.kind === 'unreadable') throw new Error(opened.detail);
    opened.file.change(part);
  };
  return {
    opened: () => opened,
    preset: () => preset.told,
    read: () => ({
      ...(opened.kind === 'open' ? opened.file.read() : FIRST_SETTINGS),
      ...preset.settings,
    }),
    change,
    note: (part) => {
      try {
        change(part);
      } catch (error) {
        log.error('settings were not written', error);
      }
    },
    reset: (now) => {
      if (opened.kind === 'open') return '';
      const aside = putAside(opened.path, now);
      opened = openSettings({ folder });
      log.info('unreadable settings were put aside');
      return aside;
    },
  };
}
