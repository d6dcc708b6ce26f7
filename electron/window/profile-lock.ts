import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { errorCodeOf } from '#electron/ipc/refusal.ts';

/**
 * Who holds a profile, as Chromium's lock names it: a symbolic link `SingletonLock` to `HOST-PID`
 * (process_singleton_posix.cc).
 */
export interface ProfileHolder {
  readonly host: string;
  readonly pid: number;
}

const FILES = ['SingletonLock', 'SingletonSocket', 'SingletonCookie'] as const;

/** The file a person would have to remove. */
export const lockPath = (profile: string): string => join(profile, FILES[0]);

/**
 * The holder the lock names; null when there is no lock or it names nobody. Windows has none: there the
 * system holds it.
 */
export function lockHolder(profile: string): ProfileHolder | null {
  try {
    const named = /^(?<host>.+)-(?<pid>\d{1,10})$/.exec(readlinkSync(lockPath(profile)))?.groups;
    return named === undefined ? null : { host: named['host'] ?? '', pid: Number(named['pid']) };
  } catch {
    return null;
  }
}

const nameOfProgram = (path: string): string => basename(path.replace(/ \(deleted\)$/, ''));

/**
 * Finds what runs under a number now: the file of the program, '' when that is not told, null when nothing
 * runs.
 */
function programOf(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCodeOf(error) !== 'EPERM') return null;
  }
  try {
    // An orphan nobody has asked about is dead as well (state Z).
    if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return null;
    return nameOfProgram(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return '';
  }
}

/**
 * Tells whether the holder is on this machine and runs no more: nothing does under its number, or another
 * program does by now.
 */
function isDead({ host, pid }: ProfileHolder, program: string): boolean {
  if (host !== hostname()) return false;
  const running = programOf(pid);
  return running === null || (running !== '' && running !== nameOfProgram(program));
}

/** How a profile is held before we ask for it. */
export type ProfileHeld =
  | { readonly kind: 'free' }
  /** Here, by a process that runs: it will be asked to show its window. */
  | { readonly kind: 'here'; readonly holder: ProfileHolder }
  /** By another machine, as its lock says; nobody here can know whether it still runs. */
  | { readonly kind: 'elsewhere'; readonly holder: ProfileHolder };

/**
 * Looks who holds the profile, and takes away the lock of a process of this machine that is dead: Electron
 * ends without a word at a lock it cannot take. `program`: the file this process runs from.
 */
export function clearProfileLock(profile: string, program: string = process.execPath): ProfileHeld {
  const holder = lockHolder(profile);
  if (holder === null) {
    return { kind: 'free' };
  }
  if (isDead(holder, program)) {
    for (const file of FILES) rmSync(join(profile, file), { force: true });
    return { kind: 'free' };
  }
  return { kind: holder.host === hostname() ? 'here' : 'elsewhere', holder };
}
