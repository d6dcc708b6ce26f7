import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '#server/process/make-folder.ts';
import { diskError } from '#server/process/startup-error.ts';
import { binariesAt, type Binaries } from './binaries.ts';
import type { RunAs } from './run-as.ts';

/** Where everything of the embedded PostgreSQL of one data folder lies. */
export interface Places {
  readonly dataDir: string;
  /** PGDATA. */
  readonly cluster: string;
  /** Password and port, mode 0600. */
  readonly config: string;
  readonly log: string;
  /** Held while PostgreSQL is being started or stopped. */
  readonly lock: string;
  /** One file per process that uses the server: the last to leave stops it. */
  readonly users: string;
}

/**
 * Root's home is closed to the unprivileged user PostgreSQL may have to run as; this folder is open to it.
 */
const OPEN_PLACE = '/var/lib/pult';

function isReachable(path: string, closedBelow = '/'): boolean {
  for (let at = resolve(path); at !== closedBelow && at !== dirname(at); at = dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat !== undefined && (stat.mode & 0o001) === 0) return false;
  }
  return true;
}

/**
 * Works out the places of `dataDir` and makes the folder. Throws StartupError when the disk does not let it.
 */
export function preparePlaces(dataDir: string, runAs: RunAs): Places {
  const home = resolve(dataDir);
  const at = (name: string) => join(home, name);
  makeFolder(home);
  makeFolder(at('postgres.users'), 0o700);
  const isOpen = runAs.kind !== 'user' || isReachable(home);
  const elsewhere = join(OPEN_PLACE, createHash('sha256').update(home).digest('hex').slice(0, 12));
  const cluster =
    isOpen || existsSync(join(at('postgres'), 'PG_VERSION')) ? at('postgres') : join(elsewhere, 'postgres');
  return {
    dataDir: home,
    cluster,
    config: at('postgres.json'),
    log: at('postgres.log'),
    lock: at('postgres.lock'),
    users: at('postgres.users'),
  };
}

/** Gives binaries the chosen user can execute: the package's own, or a copy of them in the open place. */
export function reachableBinaries(found: Binaries, runAs: RunAs): Binaries {
  if (runAs.kind !== 'user' || isReachable(found.root)) return found;
  const mark = createHash('sha256')
    .update(`${found.root} ${statSync(found.postgres).mtimeMs}`)
    .digest('hex')
    .slice(0, 12);
  const copy = join(OPEN_PLACE, `postgresql-${mark}`);
  if (existsSync(copy)) return binariesAt(copy);
  const draft = `${copy}.${process.pid}`;
  try {
    makeFolder(OPEN_PLACE, 0o755);
    cpSync(found.root, draft, { recursive: true, verbatimSymlinks: true });
    chmodSync(draft, 0o755);
    if (!existsSync(copy)) renameSync(draft, copy);
  } catch (error) {
    throw diskError(error, copy);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return binariesAt(copy);
}

/**
 * Makes a folder belong to whom PostgreSQL will run as, with everything in it. Does nothing when it already
 * does.
 */
export function ownFolder(path: string, runAs: RunAs): void {
  if (runAs.kind === 'self') return;
  if (process.getuid?.() !== 0) return;
  const [uid, gid] = runAs.kind === 'user' ? [runAs.uid, runAs.gid] : [0, 0];
  if (statSync(path).uid === uid) return;
  const own = (at: string): void => {
    lchownSync(at, uid, gid);
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const inner = join(at, entry.name);
      if (entry.isDirectory()) own(inner);
      else lchownSync(inner, uid, gid);
    }
  };
  own(path);
}
