import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { identityOf, isStillRunning } from '#server/process/process-identity.ts';
import { diskError } from '#server/process/startup-error.ts';

const identity = z.object({ pid: z.int(), startedAt: z.string() });

function isLive(path: string): boolean {
  try {
    return isStillRunning(identity.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch {
    return false;
  }
}

/** Notes this process as a user of the server, in a file of its own; gives the file. */
export function signIn(folder: string): string {
  const path = join(folder, `${process.pid}-${randomUUID()}`);
  try {
    writeFileSync(path, JSON.stringify(identityOf()), { mode: 0o600 });
  } catch (error) {
    throw diskError(error, path);
  }
  return path;
}

/** Takes the note away; gives true when nobody alive uses the server any more. Cleans up after the dead. */
export function signOut(folder: string, own: string): boolean {
  rmSync(own, { force: true });
  let isUsed = false;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (isLive(path)) isUsed = true;
    else rmSync(path, { force: true });
  }
  return !isUsed;
}
