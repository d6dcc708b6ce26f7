import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError, diskError } from '#server/process/startup-error.ts';
import type { Binaries } from './binaries.ts';
import { writeConfig, type ClusterConfig } from './cluster-config.ts';
import { explainServerFailure } from './explain-failure.ts';
import type { Places } from './places.ts';
import { callAs, type RunAs } from './run-as.ts';
import { findRunning, PATIENCE, waitUntilReady, type RunningServer } from './running-server.ts';

/** Extra server settings, for tests only: a test cluster may do without fsync, a real one never. */
export type ServerSettings = Readonly<Record<string, string>>;

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

const SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Residents' words stay out of the log: no statements, no parameters, no "failing row contains".
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** Gives `preferred` back when it is free, or another free port. */
export function freePort(preferred: number): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (preferred === 0) fail(error);
      else freePort(0).then(done, fail);
    });
    probe.listen({ port: preferred, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}

function openLog(path: string): number {
  try {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > LOG_LIMIT_BYTES) renameSync(path, `${path}.old`);
    return openSync(path, 'a', 0o600);
  } catch (error) {
    throw diskError(error, path);
  }
}

interface Launch {
  readonly places: Places;
  readonly binaries: Binaries;
  readonly runAs: RunAs;
  readonly settings: ServerSettings;
  readonly say: (line: string) => void;
}

async function launch(
  { places, binaries, runAs, settings, say }: Launch,
  config: ClusterConfig,
  port: number,
): Promise<RunningServer> {
  const all = { ...SETTINGS, ...settings, port: String(port) };
  const args = [
    '-D',
    config.cluster,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const call = callAs(runAs, binaries.postgres, args);
  const log = openLog(places.log);
  const logStart = statSync(places.log).size;
  // Detached: Ctrl+C in the terminal must reach PostgreSQL through our own orderly stop only.
  const child = spawn(call.file, call.args, {
    ...call.options,
    cwd: '/',
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const failure = new Promise<Error>((done) => child.once('error', done));
  child.unref();
  if (child.pid === undefined) throw explainServerFailure(String(await failure), places.dataDir);
  const server = { pid: child.pid, port };
  if (await waitUntilReady(config, server, { ...PATIENCE, say })) return server;
  throw explainServerFailure(readFileSync(places.log).subarray(logStart).toString('utf8'), places.dataDir);
}

/**
 * How long the leavings of a killed server are waited for: they go in a second, on a busy machine in minutes.
 */
const ATTEMPTS = 400;

/**
 * Starts PostgreSQL on the port it had last, or on another when that one is taken, and waits until it
 * answers. One that a killed start left behind before it wrote down who it is, is joined.
 */
export async function startServer(how: Launch, config: ClusterConfig): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(config.port);
    try {
      const server = await launch(how, config, port);
      if (port !== config.port) writeConfig(how.places.config, { ...config, port });
      return server;
    } catch (error) {
      // A killed postmaster's children need a moment to notice and let go of the shared memory and the port.
      if (!(error instanceof StartupError) || !isPassing(error) || attempt === ATTEMPTS) throw error;
      const running = await findRunning(config, { ...PATIENCE, say: how.say });
      if (running !== null) return running;
      await sleep(300);
    }
  }
}

function isPassing(error: StartupError): boolean {
  return error.kind === 'port_taken' || /shared memory block|lock file/.test(error.message);
}
