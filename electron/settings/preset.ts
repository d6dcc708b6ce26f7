import { readFileSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { z } from 'zod';
import { readAddress } from '#electron/api/check-address.ts';
import { errorCodeOf } from '#electron/ipc/refusal.ts';
import type { Preset } from '#shared/protocol/ipc.ts';
import type { Settings } from './settings-schema.ts';

/** Bytes of a preset, far above what two addresses take. */
const LARGEST = 64 * 1024;

const addressSchema = z
  .string()
  .max(300)
  .transform((text, context) => {
    const address = readAddress(text);
    if (address !== null) return address;
    context.addIssue({ code: 'custom', message: 'this is no address, such as https://pult.example' });
    return z.NEVER;
  });

/** Fields of the file: addresses laid down for all workstations by whoever looks after them. */
const presetFileSchema = z.strictObject({
  /** The centre's address; several where any of them will do. */
  centre: z.union([addressSchema.transform((address) => [address]), z.array(addressSchema).min(1).max(10)]),
  /** Where new versions come from; '' forbids to look for them. */
  updates: z.union([z.literal(''), addressSchema]).optional(),
});

/** Settings that a preset lays down; they stand over the person's own. */
export type PresetSettings = Partial<Pick<Settings, 'apiAddresses' | 'updateAddress'>>;

/** A preset as it was found, with what it lays down. */
export interface ReadPreset {
  readonly told: Preset;
  readonly settings: PresetSettings;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a preset may lie, first wins: in folders that only an administrator of the machine can write to, for
 * it says whom a password is sent to. On Linux the folders of the XDG base directory specification.
 */
export function presetPaths(platform: NodeJS.Platform, env: Environment): string[] {
  if (platform === 'win32') {
    const common = env['CommonProgramFiles'] ?? 'C:\\Program Files\\Common Files';
    return [win32.join(common, 'Pult', 'preset.json')];
  }
  if (platform === 'darwin') return ['/Library/Application Support/Pult/preset.json'];
  const folders = env['XDG_CONFIG_DIRS'];
  return (folders === undefined || folders === '' ? '/etc/xdg' : folders)
    .split(':')
    .filter((folder) => posix.isAbsolute(folder))
    .map((folder) => posix.join(folder, 'pult', 'preset.json'));
}

function parsePreset(path: string, text: string): ReadPreset {
  if (text.length > LARGEST) throw new Error('the file is too large');
  const { centre, updates } = presetFileSchema.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  return {
    told: { kind: 'read', path, isUpdatesSet: updates !== undefined },
    settings: { apiAddresses: centre, ...(updates !== undefined && { updateAddress: updates }) },
  };
}

/**
 * Reads the first preset that is there. One that cannot be read lays nothing down and is told with its path
 * and what is wrong: the person's own settings go on.
 */
export function readPreset(paths: readonly string[]): ReadPreset {
  for (const path of paths) {
    try {
      return parsePreset(path, readFileSync(path, 'utf8'));
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error))) continue;
      const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      return { told: { kind: 'unreadable', path, detail: detail.slice(0, 500) }, settings: {} };
    }
  }
  return { told: { kind: 'none' }, settings: {} };
}
