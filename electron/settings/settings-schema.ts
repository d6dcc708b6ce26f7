import { z } from 'zod';

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200),
  height: z.number().int().min(200),
  isMaximized: z.boolean(),
});
export type SavedBounds = z.infer<typeof boundsSchema>;

/**
 * The settings of the shell on this workstation. Nothing secret: tokens lie in the keychain, see
 * session/credentials.ts.
 */
export const settingsSchema = z.strictObject({
  /**
   * Addresses of the central API, such as `https://pult.example`; any of them will do. Empty at the first
   * start.
   */
  apiAddresses: z.array(z.url({ protocol: /^https?$/ })).max(10),
  /** Where new versions come from; empty means that nobody is ever asked. */
  updateAddress: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  language: z.enum(['ru', 'en']),
  theme: z.enum(['auto', 'light', 'dark']),
  window: boundsSchema.nullable(),
  /** Chromium's newer storage under IndexedDB; see electron/README.md. */
  isSqliteTried: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const FIRST_SETTINGS: Settings = {
  apiAddresses: [],
  updateAddress: '',
  language: 'ru',
  theme: 'auto',
  window: null,
  isSqliteTried: false,
};

/** Number of the file's form. A file with a greater one was written by a newer Pult. */
export const SETTINGS_FORM = 1;

type Stored = Record<string, unknown>;

/** One step from the form before to form `to`. Never edit one that shipped: workstations upgrade from it. */
export interface SettingsMigration {
  readonly to: number;
  readonly change: (stored: Stored) => Stored;
}

/** Oldest first. Form 1 is the first that shipped, so there is nothing to come from yet. */
export const SETTINGS_MIGRATIONS: readonly SettingsMigration[] = [];
