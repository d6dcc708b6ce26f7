import type { Session } from '#shared/protocol/session.ts';
import { pause } from '#renderer/data/sync/pause.ts';
import { clientOf } from '#renderer/data/rpc/client.ts';
import { callOver, onNews, serve } from '#renderer/data/rpc/port.ts';
import { storageTrouble } from '#renderer/data/sync/storage-trouble.ts';
import { STORE_METHODS, type ConsoleStore, type QueuePage, type QueueQuery } from './console-store.ts';
import type { StoreChange } from '#renderer/data/sync/sync-status.ts';
import { databaseName } from './database.ts';
import { isFirstScreen } from './first-query.ts';
import { readFirstScreen } from './first-screen.ts';
import { SHELL_FILES, type ShellFiles } from './shell-files.ts';
import type { WindowStore } from './window-store.ts';
import { WORKER_METHODS, type WorkerNews, type WorkerSettings } from './worker-methods.ts';

export interface OpenStoreOptions extends Omit<WorkerSettings, 'isInShell'> {
  /** `null` in a browser, where the worker keeps journal and waiting files in the origin's own. */
  readonly shell: ShellFiles | null;
  /**
   * Called when a call was refused because another window is of another build, or because a newer one has
   * changed the local copy since. Nothing was done, and the call is rejected.
   */
  readonly onVersionsDiffer: () => void;
  /**
   * Called with true when what was asked waits for another window that stands still, with false when it goes
   * on.
   */
  readonly onOwnerSilence: (isSilent: boolean) => void;
}

const isOtherVersion = (error: unknown): boolean =>
  (error instanceof Error && error.name === 'versions_differ') || storageTrouble(error) === 'newer';

/** Answers what is asked of a session that is over: its screens leave, and an error would be nobody's. */
const neverAnswer = (): Promise<never> => new Promise(() => undefined);

/** A worker that does not answer is ended all the same: what it was writing is whole or not there. */
const CLOSING_MS = 3000;

function startThread({ shell, onOwnerSilence }: OpenStoreOptions): Worker {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'pult-store' });
  onNews<WorkerNews>(thread, (news) => {
    if ('isOwnerSilent' in news) onOwnerSilence(news.isOwnerSilent);
  });
  if (shell !== null) serve(thread, SHELL_FILES, shell);
  return thread;
}

/** Tells a listener of what changes in the store. */
const changesFrom =
  (thread: Worker) =>
  (listener: (change: StoreChange) => void): void =>
    onNews<WorkerNews>(thread, (news) => {
      if ('change' in news) listener(news.change);
    });

/**
 * Starts the worker that holds the local store. With a session at hand call `open` at once and do not wait
 * for it before asking for the first screen: that is read by the page itself while the worker starts.
 */
export function createConsoleStore(options: OpenStoreOptions): ConsoleStore {
  const { shell, onVersionsDiffer, onOwnerSilence, ...settings } = options;
  const thread = startThread(options);
  const worker = clientOf(WORKER_METHODS, callOver(thread, WORKER_METHODS));
  const configured = worker.configure({ ...settings, isInShell: shell !== null });
  let opening: Promise<unknown> = configured;
  let firstScreen: Promise<QueuePage | null> | null = null;
  let isClosed = false;

  const inWorker: WindowStore = worker;
  const store = clientOf(STORE_METHODS, async (method, args) => {
    await opening;
    if (isClosed) return neverAnswer();
    return inWorker[method](...args).catch((error: unknown) => {
      if (isClosed) return neverAnswer();
      if (isOtherVersion(error)) onVersionsDiffer();
      throw error;
    });
  });

  const open = async (session: Session): Promise<void> => {
    firstScreen = readFirstScreen<QueuePage>(databaseName(session.region.code, session.account.id));
    opening = configured.then(() => worker.open(session));
    void navigator.storage?.persist?.();
    await opening;
  };

  /**
   * Ends the worker too: nothing of this session is sent any more, and its memory of residents' words goes
   * with it.
   */
  const close = async (): Promise<void> => {
    isClosed = true;
    await Promise.race([opening.then(inWorker.close), pause(CLOSING_MS)]).finally(() => thread.terminate());
    onOwnerSilence(false);
  };

  const queue = async (query: QueueQuery, offset: number, limit: number): Promise<QueuePage> => {
    const kept = isFirstScreen(query, offset, limit) ? await firstScreen : null;
    firstScreen = null;
    if (kept !== null) return { total: kept.total, rows: kept.rows.slice(0, limit) };
    return store.queue(query, offset, limit);
  };

  return { ...store, open, close, queue, subscribe: changesFrom(thread) };
}
