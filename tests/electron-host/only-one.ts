import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { lockHolder } from '#electron/window/profile-lock.ts';
import { isAlive } from '#server/process/process-identity.ts';

/** The arguments and data that a second start hands over. */
export interface Second {
  readonly argv: readonly string[];
  readonly data: unknown;
}

/**
 * Electron's single instance lock: the first of a profile keeps it, another one hands its arguments over, as
 * a file because it may end at once.
 */
export function becomeFirst(profile: string, own: Second, onSecond: (second: Second) => void): boolean {
  // Chromium's own lock of a machine that is not this one, or of a program that runs: taken by nobody,
  // without a word.
  if (lockHolder(profile) !== null) return false;
  const lock = join(profile, 'host.lock');
  const door = join(profile, 'host.seconds');
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    writeFileSync(join(profile, `second-${process.pid}`), JSON.stringify(own));
    renameSync(join(profile, `second-${process.pid}`), join(door, String(process.pid)));
    return false;
  }
  writeFileSync(lock, String(process.pid));
  rmSync(door, { recursive: true, force: true });
  mkdirSync(door);
  watch(door, () => {
    // The profile was removed under us: the test is over.
    if (!existsSync(door)) return;
    for (const name of readdirSync(door)) {
      const second = JSON.parse(readFileSync(join(door, name), 'utf8')) as Second;
      rmSync(join(door, name));
      onSecond(second);
    }
  }).unref();
  return true;
}
