import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '#server/process/process-identity.ts';
import { postmasterOf } from '#tests/e2e/harness/server.ts';

const PATIENCE_MS = 5000;

/**
 * Runs `work`; however this process ends meanwhile (Ctrl+C, a crash), `clean` runs at once. Gives the work's
 * answer.
 */
export async function orAtExit<T>(clean: () => void, work: () => Promise<T>): Promise<T> {
  process.on('exit', clean);
  try {
    return await work();
  } finally {
    process.off('exit', clean);
  }
}

/** Runs `work` with a temporary folder that is gone afterwards. */
export async function withFolder<T>(work: (path: string) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'pult-bench-profile-'));
  const clean = (): void => removeFolder(path);
  try {
    return await orAtExit(clean, () => work(path));
  } finally {
    clean();
  }
}

const removeFolder = (path: string): void =>
  rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

/**
 * Ends the API process and the embedded PostgreSQL of a data folder without ceremony and removes the folder.
 * For exits: waits in place, as PostgreSQL's children write until they are gone.
 */
export function endAtOnce(dataDir: string, api: number | null): void {
  const postgres = postmasterOf(dataDir);
  if (api !== null) signal(api, 'SIGKILL');
  if (postgres !== null) {
    signal(postgres, 'SIGQUIT');
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (const deadline = Date.now() + PATIENCE_MS; isAlive(postgres) && Date.now() < deadline;)
      Atomics.wait(pause, 0, 0, 20);
  }
  removeFolder(dataDir);
}
