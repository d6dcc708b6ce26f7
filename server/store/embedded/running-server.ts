import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isAlive } from '#server/process/process-identity.ts';
import { StartupError, errorCode } from '#server/process/startup-error.ts';
import { ownerUrlOf, type ClusterConfig } from './cluster-config.ts';

/** A PostgreSQL server of one data folder. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** How a server that is starting is waited for. */
export interface Patience {
  /**
   * A server that runs and says nothing at all for so long is stuck. One that says it is starting may take as
   * long as it needs.
   */
  readonly silenceMs: number;
  /** For one reply. */
  readonly replyMs: number;
  /** Told every `tellMs` that it is still being waited for. */
  readonly say: (line: string) => void;
  readonly tellMs: number;
}

export const PATIENCE: Patience = {
  silenceMs: 300_000,
  replyMs: 30_000,
  say: () => undefined,
  tellMs: 10_000,
};

/**
 * Reads postmaster.pid: process, folder, start time, port (PostgreSQL manual, "Database File Layout").
 */
function readPostmaster(cluster: string): RunningServer | null {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port } : null;
}

/**
 * After a reboot the number in postmaster.pid may belong to any process; where the system tells, its name
 * decides.
 */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return process.platform !== 'linux';
  }
}

type Answer = 'ready' | 'starting' | 'silent' | 'other';

/** Asks whoever listens on the port whether it serves this very folder. */
async function ask(config: ClusterConfig, port: number, replyMs: number): Promise<Answer> {
  const connectionString = ownerUrlOf({ ...config, port }, 'postgres');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: replyMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const served = rows[0]?.data_directory;
    return served !== undefined && realpathSync(served) === realpathSync(config.cluster) ? 'ready' : 'other';
  } catch (error) {
    // 28P01: wrong password, so another installation's server. 57P03: it works at its start, after a crash
    // for minutes.
    const code = errorCode(error);
    return code === '28P01' ? 'other' : code === '57P03' ? 'starting' : 'silent';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Waits until the server of this folder answers on its port; gives false when the process is gone first.
 * Throws StartupError.
 */
export async function waitUntilReady(
  config: ClusterConfig,
  server: RunningServer,
  patience: Patience = PATIENCE,
): Promise<boolean> {
  let heardAt = Date.now();
  let toldAt = heardAt;
  while (isAlive(server.pid)) {
    const answer = await ask(config, server.port, patience.replyMs);
    if (answer === 'ready') return true;
    const now = Date.now();
    if (answer === 'starting') heardAt = now;
    if (now - heardAt > patience.silenceMs) throw stuck(config, server);
    if (now - toldAt > patience.tellMs) {
      toldAt = now;
      patience.say(
        answer === 'starting'
          ? 'PostgreSQL is still starting: it puts in order what was interrupted'
          : 'PostgreSQL does not answer yet: the machine is busy',
      );
    }
    await sleep(40);
  }
  return false;
}

const stuck = (config: ClusterConfig, { pid, port }: RunningServer): StartupError =>
  new StartupError(
    'postgres_failed',
    `PostgreSQL (process ${pid}) of ${config.cluster} runs but does not answer on port ${port}.`,
    'Stop that process and start again.',
  );

/** Finds the live server of this folder, verified by asking it; removes what a dead one left behind. */
export async function findRunning(
  config: ClusterConfig,
  patience: Patience = PATIENCE,
): Promise<RunningServer | null> {
  const found = readPostmaster(config.cluster);
  if (found === null) return null;
  if (isAlive(found.pid) && isPostgres(found.pid)) {
    if (await waitUntilReady(config, found, patience)) return found;
  } else {
    rmSync(join(config.cluster, 'postmaster.pid'), { force: true });
  }
  return null;
}

/**
 * Fast shutdown (SIGINT): transactions are rolled back, data is flushed. After 30 s, immediate shutdown
 * (SIGQUIT).
 */
export async function stopServer(server: RunningServer): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5000],
  ] as const) {
    if (!isAlive(server.pid)) return;
    process.kill(server.pid, signal);
    const deadline = Date.now() + patienceMs;
    while (isAlive(server.pid) && Date.now() < deadline) await sleep(20);
  }
}
