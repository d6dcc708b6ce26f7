import { onShutdown } from '#server/process/shutdown.ts';
import { withLock } from '#server/process/file-lock.ts';
import { isAlive } from '#server/process/process-identity.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { locateBinaries } from './binaries.ts';
import { DATABASE, ownerUrlOf, readConfig, type ClusterConfig } from './cluster-config.ts';
import { closeOthers, createDatabase } from './create-database.ts';
import { ensureCluster } from './init-cluster.ts';
import { preparePlaces, reachableBinaries, type Places } from './places.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';
import { findRunning, PATIENCE, stopServer, type RunningServer } from './running-server.ts';
import { startServer, type ServerSettings } from './start-server.ts';
import { signIn, signOut } from './user-files.ts';

/** How to open the embedded PostgreSQL of a data folder. */
export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly say?: (line: string) => void;
  readonly settings?: ServerSettings;
  /** Only to force what is otherwise found out. */
  readonly runAs?: RunAs;
}

/** The embedded PostgreSQL, started or joined. `stop` leaves it, and stops it when nobody else uses it. */
export interface EmbeddedPostgres {
  readonly ownerUrl: string;
  readonly pid: () => number;
  stop(): Promise<void>;
}

const WATCH_MS = 500;

/** Starts the server of this folder, or joins the one that runs. To be called under the places' lock. */
async function startOrJoin(
  places: Places,
  runAs: RunAs,
  options: EmbeddedOptions,
): Promise<[ClusterConfig, RunningServer]> {
  const say = options.say ?? (() => undefined);
  const known = readConfig(places.config);
  const running = known === null ? null : await findRunning(known, { ...PATIENCE, say });
  if (known !== null && running !== null) return [{ ...known, port: running.port }, running];
  say(known === null ? `Creating a database in ${places.cluster}` : 'Starting PostgreSQL');
  const binaries = reachableBinaries(locateBinaries(), runAs);
  const config = ensureCluster(places, binaries, runAs);
  const how = { places, binaries, runAs, settings: options.settings ?? {}, say };
  const server = await startServer(how, config);
  say(`PostgreSQL runs as process ${server.pid} on 127.0.0.1:${server.port}`);
  return [{ ...config, port: server.port }, server];
}

/** Brings the server back when it dies under us. Gives a way to stop watching. */
function watch(
  current: { server: RunningServer },
  restart: () => Promise<RunningServer>,
  say: (line: string) => void,
): () => void {
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy || isAlive(current.server.pid)) return;
    isBusy = true;
    say(`PostgreSQL (process ${current.server.pid}) is gone; starting it again`);
    restart()
      .then((server) => (current.server = server))
      .catch((error: unknown) =>
        say(`PostgreSQL did not come back: ${error instanceof Error ? error.message : String(error)}`),
      )
      .finally(() => (isBusy = false));
  }, WATCH_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** The last resort for a process that ends without `stop`: asks PostgreSQL to stop and does not wait. */
function leaveAtOnce(places: Places, note: string, server: RunningServer): void {
  try {
    if (signOut(places.users, note)) process.kill(server.pid, 'SIGINT');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') process.stderr.write(`PostgreSQL was not stopped: ${String(error)}\n`);
  }
}

/**
 * Opens the PostgreSQL of a data folder: makes it at the first time, joins it when it runs already, brings it
 * back when it dies, stops it when the last process that uses it leaves. Throws StartupError.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const runAs = options.runAs ?? chooseRunAs();
  const places = preparePlaces(options.dataDir, runAs);
  const say = options.say ?? (() => undefined);
  const restart = () => withLock(places.lock, () => startOrJoin(places, runAs, options));
  const waiting = () => say('Waiting for another process that is starting or stopping this PostgreSQL');
  const [note, [config, first]] = await withLock(
    places.lock,
    async () => {
      const started = await startOrJoin(places, runAs, options);
      await createDatabase(ownerUrlOf(started[0], 'postgres'), DATABASE);
      await closeOthers(ownerUrlOf(started[0], 'postgres'));
      return [signIn(places.users), started] as const;
    },
    waiting,
  );
  const current = { server: first };
  const unwatch = watch(current, async () => (await restart())[1], say);
  const atExit = () => leaveAtOnce(places, note, current.server);
  process.on('exit', atExit);
  const stop = async () => {
    unwatch();
    forget();
    process.off('exit', atExit);
    await withLock(places.lock, async () => {
      if (!signOut(places.users, note)) return;
      // Asked again, because another process may have brought the server back under a new number.
      const running = isAlive(current.server.pid) ? current.server : await findRunning(config);
      if (running !== null) await stopServer(running);
    });
  };
  const forget = onShutdown(stop);
  return { ownerUrl: ownerUrlOf(config), pid: () => current.server.pid, stop };
}

/** Keeps the server of a folder from being stopped between users, without starting it. For test runs. */
export function holdEmbedded(dataDir: string): { release(): Promise<void> } {
  const places = preparePlaces(dataDir, chooseRunAs());
  const note = signIn(places.users);
  return {
    release: () =>
      withLock(places.lock, async () => {
        const config = readConfig(places.config);
        if (!signOut(places.users, note) || config === null) return;
        const running = await findRunning(config);
        if (running !== null) await stopServer(running);
      }),
  };
}
