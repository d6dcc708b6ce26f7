import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ensureConsoleBuilt } from '#build/build-console.ts';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';
import { ROLES } from '#shared/domain/actor.ts';
import { isAlive } from '#server/process/process-identity.ts';
import { readConfig } from '#server/store/embedded/cluster-config.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
import { fillWithDemo, isEmpty } from './demo-folder.ts';

const accountsSchema = z.array(z.object({ login: z.string(), password: z.string(), role: z.enum(ROLES) }));

/** A login of the demo region, as `demo-accounts.json` lists it. */
export type DemoAccount = z.infer<typeof accountsSchema>[number];

/** The real server process. */
export interface RunningPult {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  /** From the start of the process to `Pult is ready`, ms. */
  readonly startMs: number;
  readonly account: (login: string) => DemoAccount;
  /** Both streams of the process, as written so far. */
  readonly output: () => string;
  /**
   * Sends a signal and waits until the process is gone; gives its exit code, null when it was killed.
   * PostgreSQL is left alone.
   */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Ends everything that still runs on the data folder and removes the folder when it was made here. */
  stop(): Promise<void>;
}

/** How to start one. */
export interface ServerStart {
  /** An installation without the demo region, or any other. */
  readonly isEmpty?: boolean;
  /** Has the demo region's January of 2022 beside the shift of today; every console downloads what it has. */
  readonly hasJanuary?: boolean;
  readonly dataDir?: string;
  readonly port?: number;
  readonly databaseUrl?: string;
  readonly isConsoleServed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Gives the command that runs the server's command in other circumstances (`small-disk.ts`). */
  readonly wrap?: Wrap;
}

/** Turns a command, program first, into another that runs it. */
export type Wrap = (command: readonly string[]) => readonly string[];

/** A process that ended instead of serving. */
export interface EndedProcess {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const READY = /Pult is ready: (\S+)/;
const START_TIMEOUT_MS = 600_000;

/** A demo region of today's shift, that no test waits for eighteen months. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, PORT: _port, HOST: _host, ...own } = process.env;
  return { ...own, DEMO_MONTHS: 'none', ...extra };
}

/** Runs a script of the project under this Node. */
export function spawnScript(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  wrap: Wrap = (command) => command,
): ChildProcess {
  const [program = '', ...rest] = wrap([process.execPath, join(root, script), ...args]);
  return spawn(program, rest, {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits until the process has ended and everything it said has arrived. */
export async function runScript(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<EndedProcess> {
  const child = spawnScript(script, args, env);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const code = await new Promise<number | null>((done, fail) =>
    child.once('error', fail).once('close', done),
  );
  return { code, stdout: stdout(), stderr: stderr() };
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

function readAccounts(dataDir: string): readonly DemoAccount[] {
  return accountsSchema.parse(JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')));
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return new Promise((done) => child.once('exit', (code) => done(code)));
}

async function waitUntilReady(child: ChildProcess, said: () => string): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const url = READY.exec(said())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}:\n${said()}`);
    if (Date.now() > deadline) throw new Error(`The server is not ready:\n${said()}`);
    await sleep(20);
  }
}

/** The embedded PostgreSQL's process of a data folder, or null when it has none or it is dead. */
export function postmasterOf(dataDir: string): number | null {
  const cluster = readConfig(join(dataDir, 'postgres.json'))?.cluster;
  if (cluster === undefined || !existsSync(join(cluster, 'postmaster.pid'))) return null;
  const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  return pid > 0 && isAlive(pid) ? pid : null;
}

/** Waits until a process that is not ours to wait for is gone. */
export async function gone(pid: number, patienceMs = 120_000): Promise<void> {
  for (const deadline = Date.now() + patienceMs; isAlive(pid); await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`Process ${pid} is still there`);
  }
}

async function stopPostgres(dataDir: string): Promise<void> {
  const pid = postmasterOf(dataDir);
  if (pid === null) return;
  process.kill(pid, 'SIGINT');
  await gone(pid);
}

/** A first start, ended again in order. */
async function makeDemo(dataDir: string, hasJanuary: boolean): Promise<void> {
  const server = await launch({ isConsoleServed: false, hasJanuary }, dataDir);
  await server.kill('SIGTERM');
  if (postmasterOf(dataDir) !== null) throw new Error(`PostgreSQL was left running on ${dataDir}`);
}

/**
 * Starts the real `server/main.ts` on a free port and waits until it serves; on an empty folder it has the
 * demo region.
 */
export async function startServer(start: ServerStart = {}): Promise<RunningPult> {
  const dataDir = start.dataDir ?? temporaryFolder('data');
  if (start.databaseUrl === undefined && start.isEmpty !== true && isEmpty(dataDir))
    await fillWithDemo(dataDir, start.hasJanuary === true ? 'january' : 'shift', (draft) =>
      makeDemo(draft, start.hasJanuary === true),
    );
  return launch(start, dataDir);
}

async function launch(start: ServerStart, dataDir: string): Promise<RunningPult> {
  const isConsoleServed = start.isConsoleServed ?? true;
  if (isConsoleServed) await ensureConsoleBuilt();
  const database = start.databaseUrl === undefined ? ['--data', dataDir] : [];
  const args = [
    '--no-open',
    '--port',
    String(start.port ?? 0),
    ...database,
    ...(isConsoleServed ? ['--with-console'] : []),
    ...(start.isEmpty === true ? ['--empty'] : []),
  ];
  const own: Record<string, string> = {
    ...(start.databaseUrl === undefined ? {} : { DATABASE_URL: start.databaseUrl }),
    ...(start.hasJanuary === true ? { DEMO_MONTHS: '2022-01' } : {}),
  };
  const startedAt = Date.now();
  const child = spawnScript('server/main.ts', args, { ...own, ...start.env }, start.wrap);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const said = () => `${stdout()}${stderr()}`;
  const address = await waitUntilReady(child, said);
  const startMs = Date.now() - startedAt;
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended(child);
  };
  return {
    url: address,
    pid: must(child.pid, 'a process that said it is ready'),
    dataDir,
    startMs,
    account: (login) =>
      must(
        readAccounts(dataDir).find((account) => account.login === login),
        `a demo account ${login}`,
      ),
    output: said,
    kill,
    stop: async () => {
      await kill('SIGTERM');
      await stopPostgres(dataDir);
      if (start.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
