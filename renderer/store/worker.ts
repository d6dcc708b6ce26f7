import { expose } from 'comlink';
import { v7 } from 'uuid';
import { OpfsJournal } from '#renderer/sync/opfs-journal.ts';
import { fetchTransport, photoLine } from '#renderer/sync/fetch-transport.ts';
import { lineJournal, type LineFiles } from '#renderer/sync/line-journal.ts';
import { opfsSpare } from './photo-spare.ts';
import { WorkerStore } from './worker-store.ts';

/** What the page tells its worker once. */
export interface WorkerSettings {
  readonly appVersion: string;
  /** Of the API; an empty list means the address the console came from. */
  readonly addresses: readonly string[];
  readonly token: string | null;
}

/** Gives the journal files of a profile, both as Comlink proxies of the page's; `null` in a browser. */
type ShellJournal = ((profile: string) => Promise<LineFiles>) | null;

/** Makes the store of this worker. */
function createStore(settings: WorkerSettings, shellJournal: ShellJournal): WorkerStore {
  const { appVersion, addresses, token } = settings;
  const line = { addresses: addresses.length > 0 ? addresses : [''], ...(token === null ? {} : { token }) };
  return new WorkerStore({
    appVersion,
    transport: fetchTransport(line),
    photos: photoLine(line),
    spare: opfsSpare,
    journal: async (profile) =>
      shellJournal === null ? OpfsJournal.open(profile, v7) : lineJournal(await shellJournal(profile)),
  });
}

let store: WorkerStore | null = null;

const api = {
  /** Must be called once, before anything else. */
  configure(settings: WorkerSettings, shellJournal: ShellJournal): void {
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
