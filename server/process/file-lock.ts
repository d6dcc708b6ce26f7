import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { identityOf, isStillRunning, type ProcessIdentity } from './process-identity.ts';
import { diskError, errorCode } from './startup-error.ts';

const lockContent = z.object({ pid: z.int(), startedAt: z.string(), note: z.string(), nonce: z.string() });

/** Who holds a lock, and what it wrote there. */
export interface LockHolder extends ProcessIdentity {
  readonly note: string;
}

export type LockResult =
  | { readonly kind: 'held'; release(): void }
  | { readonly kind: 'taken'; readonly by: LockHolder };

function readHolder(path: string): { text: string; holder: LockHolder | null } | null {
  try {
    const text = readFileSync(path, 'utf8');
    const parsed = lockContent.safeParse(parseJson(text));
    return { text, holder: parsed.success ? parsed.data : null };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw diskError(error, path);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Puts a dead process's lock aside; a live lock caught by accident (two takers at once) is put back. */
function removeStale(path: string, staleText: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw diskError(error, path);
  }
  if (readFileSync(aside, 'utf8') !== staleText) linkSync(aside, path);
  rmSync(aside);
}

/** Creates the lock complete with its content in one step, so that nobody ever reads half of it. */
function createLock(path: string, text: string): boolean {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw diskError(error, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes the lock at `path` for this process, also over from a process that no longer runs. */
export function tryLock(path: string, note = ''): LockResult {
  const text = JSON.stringify({ ...identityOf(), note, nonce: randomUUID() });
  for (;;) {
    if (createLock(path, text)) {
      return {
        kind: 'held',
        release: () => readHolder(path)?.text === text && rmSync(path, { force: true }),
      };
    }
    const found = readHolder(path);
    if (found === null) continue;
    if (found.holder !== null && isStillRunning(found.holder)) return { kind: 'taken', by: found.holder };
    removeStale(path, found.text);
  }
}

/** A wait for a lock that is longer than this, ms, is told. */
const TELL_AFTER_MS = 2000;

/**
 * Runs `work` while holding the lock, waiting for its turn as long as the holder lives; `onWait` is told once
 * when that takes long.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  const tellAt = Date.now() + TELL_AFTER_MS;
  for (let isTold = false; ;) {
    const lock = tryLock(path);
    if (lock.kind === 'held') {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!isTold && Date.now() > tellAt) {
      isTold = true;
      onWait();
    }
    await sleep(50);
  }
}
