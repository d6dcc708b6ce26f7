import { proxy, wrap } from 'comlink';
import type { Session } from '#shared/protocol/session.ts';
import type { WaitingFiles } from '#renderer/attachments/waiting-files.ts';
import type { LineFiles } from '#renderer/sync/line-journal.ts';
import { pause } from '#renderer/sync/pause.ts';
import type { ConsoleStore, QueuePage, QueueQuery } from './console-store.ts';
import { databaseName } from './database.ts';
import { isFirstScreen } from './first-query.ts';
import { readFirstScreen } from './first-screen.ts';
import type { StoreWorker, WorkerSettings } from './worker.ts';

export interface OpenStoreOptions extends WorkerSettings {
  /**
   * Files of a profile that the shell keeps; `null` in a browser, where the worker keeps them in the origin's
   * own.
   */
  readonly shell: {
    readonly journal: (profile: string) => LineFiles;
    readonly waitingFiles: (profile: string) => WaitingFiles;
  } | null;
}

/** Methods the page hands to the worker as they are. */
const CARRIED = [
  'status',
  'placeOf',
  'laneCounts',
  'incident',
  'byNumber',
  'dispatch',
  'joined',
  'similar',
  'notAccepted',
  'dismissNotAccepted',
  'dismissAlarm',
  'reference',
  'count',
  'report',
  'behind',
  'broadcastKit',
  'keepPhoto',
  'photo',
  'keepAttachment',
  'attachment',
  'dismissAttachment',
  'syncNow',
] as const satisfies readonly (keyof ConsoleStore)[];

/** A worker that does not answer is ended all the same: what it was writing is whole or not there. */
const CLOSING_MS = 3000;

type Carried = Pick<ConsoleStore, (typeof CARRIED)[number]>;

const carriedFiles = (shell: NonNullable<OpenStoreOptions['shell']>) =>
  proxy({
    journal: async (profile: string) => proxy(shell.journal(profile)),
    waitingFiles: async (profile: string) => proxy(shell.waitingFiles(profile)),
  });

/**
 * Starts the worker that holds the local store. With a session at hand call `open` at once and do not wait
 * for it before asking for the first screen: that is read by the page itself while the worker starts.
 */
export function createConsoleStore({ shell, ...settings }: OpenStoreOptions): ConsoleStore {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'pult-store' });
  const worker = wrap<StoreWorker>(thread);
  const configured = worker.configure(settings, shell === null ? null : carriedFiles(shell));
  let opening: Promise<unknown> = Promise.resolve();
  let firstScreen: Promise<QueuePage | null> | null = null;

  const call = async (method: keyof ConsoleStore, args: readonly unknown[]): Promise<unknown> => {
    await configured;
    await opening;
    return worker.call(method, args);
  };

  const open = async (session: Session): Promise<void> => {
    firstScreen = readFirstScreen<QueuePage>(databaseName(session.region.code, session.account.id));
    opening = configured.then(() => worker.call('open', [session]));
    void navigator.storage?.persist?.();
    await opening;
  };

  /**
   * Ends the worker too: nothing of this session is sent any more, and its memory of residents' words goes
   * with it.
   */
  const close = async (): Promise<void> => {
    await Promise.race([call('close', []), pause(CLOSING_MS)]).finally(() => thread.terminate());
  };

  const queue = async (query: QueueQuery, offset: number, limit: number): Promise<QueuePage> => {
    const kept = isFirstScreen(query, offset, limit) ? await firstScreen : null;
    firstScreen = null;
    if (kept !== null) return { total: kept.total, rows: kept.rows.slice(0, limit) };
    return (await call('queue', [query, offset, limit])) as QueuePage;
  };

  const subscribe: ConsoleStore['subscribe'] = async (listener) => {
    await configured;
    await worker.subscribe(proxy(listener));
  };

  const carried = Object.fromEntries(
    CARRIED.map((name) => [name, (...args: readonly unknown[]) => call(name, args)]),
  );
  return { ...(carried as unknown as Carried), open, close, queue, subscribe };
}
