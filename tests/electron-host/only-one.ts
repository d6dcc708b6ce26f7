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
import { isAlive } from '#server/process/process-identity.ts';

/**
 * Electron's single instance lock: the first of a profile keeps it, another one hands its arguments over, as a file because it may end
 * at once.
 */
export function becomeFirst(
  profile: string,
  argv: readonly string[],
  onSecond: (argv: readonly string[]) => void,
): boolean {
  const lock = join(profile, 'host.lock');
  const door = join(profile, 'host.seconds');
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    writeFileSync(join(profile, `second-${process.pid}`), JSON.stringify(argv));
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
      const given = JSON.parse(readFileSync(join(door, name), 'utf8')) as string[];
      rmSync(join(door, name));
      onSecond(given);
    }
  }).unref();
  return true;
}
