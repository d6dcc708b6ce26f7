import { expose } from 'comlink';
import { v7 } from 'uuid';
import { OpfsJournal } from '#renderer/sync/opfs-journal.ts';
import { fetchTransport, photoLine } from '#renderer/sync/fetch-transport.ts';
import { lineJournal, type LineFiles } from '#renderer/sync/line-journal.ts';
import { attachmentLine } from '#renderer/attachments/attachment-line.ts';
import { opfsWaitingFiles } from '#renderer/attachments/opfs-waiting-files.ts';
import type { WaitingFiles } from '#renderer/attachments/waiting-files.ts';
import { opfsSpare } from './photo-spare.ts';
import { WorkerStore } from './worker-store.ts';

/** What the page tells its worker once. */
export interface WorkerSettings {
  readonly appVersion: string;
  /** Of the API; an empty list means the address the console came from. */
  readonly addresses: readonly string[];
  readonly token: string | null;
}

/**
 * What the shell keeps of a profile outside everything Chromium may throw away, as Comlink proxies of the
 * page's.
 */
export interface ShellFiles {
  readonly journal: (profile: string) => Promise<LineFiles>;
  readonly waitingFiles: (profile: string) => Promise<WaitingFiles>;
}

/** Makes the store of this worker. */
function createStore(settings: WorkerSettings, shell: ShellFiles | null): WorkerStore {
  const { appVersion, addresses, token } = settings;
  const line = { addresses: addresses.length > 0 ? addresses : [''], ...(token === null ? {} : { token }) };
  return new WorkerStore({
    appVersion,
    transport: fetchTransport(line),
    photos: photoLine(line),
    attachments: attachmentLine(line),
    spare: opfsSpare,
    journal: async (profile) =>
      shell === null ? OpfsJournal.open(profile, v7) : lineJournal(await shell.journal(profile)),
    waitingFiles: (profile) => (shell === null ? opfsWaitingFiles(profile) : shell.waitingFiles(profile)),
  });
}

let store: WorkerStore | null = null;

const api = {
  /** Must be called once, before anything else. */
  /** `shell` is null in a browser. */
  configure(settings: WorkerSettings, shell: ShellFiles | null): void {
    store = createStore(settings, shell);
  },
  async call(method: keyof WorkerStore, args: readonly unknown[]): Promise<unknown> {
    if (store === null) throw new Error('The worker was not configured');
    const run = store[method] as (...given: readonly unknown[]) => Promise<unknown>;
    return run.apply(store, [...args]);
  },
  async subscribe(listener: Parameters<WorkerStore['subscribe']>[0]): Promise<void> {
    await store?.subscribe(listener);
  },
};

export type StoreWorker = typeof api;

expose(api);
