import { expose } from 'comlink';
import { v7 } from 'uuid';
import { OpfsJournal } from '#renderer/sync/opfs-journal.ts';
import { fetchTransport } from '#renderer/sync/fetch-transport.ts';
import type { Journal } from '#renderer/sync/sync-store.ts';
import { WorkerStore } from './worker-store.ts';

/** What the page tells its worker once. */
export interface WorkerSettings {
  readonly appVersion: string;
  /** Of the API; an empty list means the address the console came from. */
  readonly addresses: readonly string[];
  readonly token: string | null;
}

/** Makes the store of this worker. `shellJournal` is a Comlink proxy of the shell's journal; `null` in a browser. */
function createStore(settings: WorkerSettings, shellJournal: Journal | null): WorkerStore {
  const { appVersion, addresses, token } = settings;
  return new WorkerStore({
    appVersion,
    transport: fetchTransport({
      addresses: addresses.length > 0 ? addresses : [''],
      ...(token === null ? {} : { token }),
    }),
    journal: async (profile) => shellJournal ?? OpfsJournal.open(profile, v7),
  });
}

let store: WorkerStore | null = null;

const api = {
  /** Must be called once, before anything else. */
  configure(settings: WorkerSettings, shellJournal: Journal | null): void {
    store = createStore(settings, shellJournal);
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
