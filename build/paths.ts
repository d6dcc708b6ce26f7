import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The folders our own sources live in; a folder may not exist yet. */
export const sourceFolders = ['shared', 'server', 'renderer', 'electron', 'build', 'tests'] as const;

/**
 * Every file of ours below `folder`, as sorted paths from `base` with forward slashes; nothing when there is
 * no such folder.
 */
export function listFiles(folder: string, base: string = root): string[] {
  try {
    return readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${sep}node_modules`))
      .map((entry) => relative(base, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
