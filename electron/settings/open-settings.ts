import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { IpcMain } from 'electron';
import Store from 'electron-store';
import { z } from 'zod';
import { errorCodeOf } from '#electron/ipc/refusal.ts';
import {
  FIRST_SETTINGS,
  SETTINGS_MIGRATIONS,
  SETTINGS_FORM,
  settingsSchema,
  type SettingsMigration,
  type Settings,
} from './settings-schema.ts';

/** The settings of this workstation, written to disk at each change. */
export interface SettingsFile {
  readonly path: string;
  read(): Settings;
  /** Throws what the disk says when it cannot be written. */
  change(part: Partial<Settings>): void;
}

export type OpenedSettings =
  | { readonly kind: 'open'; readonly file: SettingsFile }
  | {
      readonly kind: 'unreadable';
      readonly path: string;
      readonly why: 'damaged' | 'newer' | 'forbidden';
      readonly detail: string;
    };

const FORM = 'form';
const NAME = 'settings';

interface OpenOptions {
  readonly folder: string;
  readonly form?: number;
  readonly migrations?: readonly SettingsMigration[];
}

export const settingsPath = (folder: string): string => join(folder, `${NAME}.json`);

const storedSchema = z.looseObject({ [FORM]: z.number().int().min(1) });

/** The file as it stands; null when there is none. Throws when it is not ours to read or no JSON. */
function readStored(path: string): Record<string, unknown> | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
  return storedSchema.parse(JSON.parse(text));
}

function migrated(
  stored: Record<string, unknown>,
  form: number,
  migrations: readonly SettingsMigration[],
): Record<string, unknown> {
  const from = Number(stored[FORM]);
  return migrations
    .filter(({ to }) => to > from && to <= form)
    .reduce((before, { to, change }) => ({ ...change(before), [FORM]: to }), stored);
}

/** Describes what is wrong: the JSON itself, or the path of the field that may not be so. */
const detailOf = (error: unknown): string =>
  error instanceof z.ZodError
    ? z.prettifyError(error)
    : error instanceof Error
      ? error.message
      : String(error);

function openStore(folder: string, stored: Settings, form: number): SettingsFile {
  const store = new Store<Settings & { readonly [FORM]: number }>({
    name: NAME,
    cwd: folder,
    clearInvalidConfig: false,
    configFileMode: 0o600,
    schema: {
      [FORM]: { type: 'integer', minimum: 1 },
      apiAddresses: { type: 'array', maxItems: 10, items: { type: 'string' } },
      updateAddress: { type: 'string' },
      language: { enum: ['ru', 'en'] },
      theme: { enum: ['auto', 'light', 'dark'] },
      window: { type: ['object', 'null'] },
      isSqliteTried: { type: 'boolean' },
    },
  });
  let now = stored;
  return {
    path: store.path,
    read: () => now,
    change: (part) => {
      const next = settingsSchema.parse({ ...now, ...part });
      store.store = { ...next, [FORM]: form };
      now = next;
    },
  };
}

/**
 * Opens the settings in `folder`. A file that is damaged, of a newer version or closed to us is reported and
 * not touched: what it says may be the only place where the address of the centre is written.
 */
export function openSettings({
  folder,
  form = SETTINGS_FORM,
  migrations = SETTINGS_MIGRATIONS,
}: OpenOptions): OpenedSettings {
  const path = settingsPath(folder);
  try {
    const stored = readStored(path);
    if (stored !== null && Number(stored[FORM]) > form)
      return { kind: 'unreadable', path, why: 'newer', detail: `${Number(stored[FORM])} > ${form}` };
    const { [FORM]: _form, ...values } = stored === null ? {} : migrated(stored, form, migrations);
    const settings = settingsSchema.parse({ ...FIRST_SETTINGS, ...values });
    return { kind: 'open', file: openStore(folder, settings, form) };
  } catch (error) {
    const why = ['EACCES', 'EPERM'].includes(errorCodeOf(error)) ? 'forbidden' : 'damaged';
    return { kind: 'unreadable', path, why, detail: detailOf(error) };
  }
}

/** Puts the file aside under a name nothing has yet; gives that name. */
export function putAside(path: string, now: Date): string {
  const aside = path.replace(/\.json$/, `.${now.toISOString().replaceAll(':', '-')}.json`);
  renameSync(path, aside);
  return aside;
}

/** electron-store answers pages on a channel of its own, unchecked; nobody here asks it. */
export function silenceStoreChannel(ipcMain: Pick<IpcMain, 'removeAllListeners'>): void {
  ipcMain.removeAllListeners('electron-store-get-data');
}
