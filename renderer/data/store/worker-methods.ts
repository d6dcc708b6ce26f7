import { method } from '#renderer/data/rpc/method-table.ts';
import type { StoreChange } from '#renderer/data/sync/sync-status.ts';
import { STORE_METHODS } from './console-store.ts';

/** Told to a worker once. */
export interface WorkerSettings {
  readonly appVersion: string;
  /** Of the API; an empty list means the address the console came from. */
  readonly addresses: readonly string[];
  readonly token: string | null;
  /** True in the shell: journal and waiting files are the page's to keep (`shell-files.ts`). */
  readonly isInShell: boolean;
}

/** News of a worker to its page: of the local copy, or of the other window that holds it. */
export type WorkerNews = { readonly change: StoreChange } | { readonly isOwnerSilent: boolean };

/** The methods of the store's worker, for the page that started it. */
export const WORKER_METHODS = {
  /** Must be called once, before anything else. */
  configure: method<[settings: WorkerSettings], void>(),
  ...STORE_METHODS,
};
