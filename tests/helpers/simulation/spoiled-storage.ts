import type { Journal, PendingCommand, SyncStore } from '#renderer/data/sync/sync-store.ts';
import { fromNextForm, inNextForm, refuseStrange, type Release } from './next-release.ts';

/** Methods that write to the local database. */
const WRITES = [
  'setMeta',
  'enqueue',
  'markOutbox',
  'adoptClient',
  'apply',
  'load',
  'dismissNotAccepted',
  'forgetRows',
] as const satisfies readonly (keyof SyncStore)[];

const isWrite = (name: string | symbol): boolean => WRITES.some((write) => write === name);

/** As browsers throw it. */
const noRoom = (): Error => new DOMException('The quota has been exceeded.', 'QuotaExceededError');

/** The storage of one life of a console, as its disk and its release make it. */
export interface StorageWays {
  /** Nothing can be written. */
  readonly isFull: () => boolean;
  readonly release: () => Release;
  /** A command is kept in the database alone, for the journal had no room. */
  readonly onlyInDatabase: (id: string) => void;
}

/** Gives the same store with these methods instead of its own. */
export const withMethods = <T extends object>(target: T, methods: Partial<T>): T =>
  new Proxy(target, {
    get: (inner, name) => {
      const value: unknown = Reflect.get(methods, name) ?? Reflect.get(inner, name);
      return typeof value === 'function' && !Reflect.has(methods, name) ? value.bind(inner) : value;
    },
  });

type Written = Pick<PendingCommand, 'name' | 'args' | 'confirmed'>;

/**
 * A command as the release before wrote it into its outbox: without the version it had confirmed, without
 * what was seen, and approvals in their first form.
 */
export function inOlderForm<T extends Written>(item: T): T {
  const { confirmed: _confirmed, ...rest } = item;
  const { seen: _seen, submission: _submission, ...args } = { ...(item.args as Record<string, unknown>) };
  return { ...rest, name: item.name.replace(/@\d+$/, '@1'), args } as unknown as T;
}

/** Arguments of a command, said in the words of the earliest release that wrote it. */
export const plainArgs = (item: Written): unknown => inOlderForm(fromNextForm(item)).args;

const AS_WRITTEN: { readonly [R in Release]: <T extends Written>(item: T) => T } = {
  before: inOlderForm,
  today: (item) => item,
  next: inNextForm,
};

/** The methods of a store that are another release's. */
function storeOf(store: SyncStore, release: Release): Partial<SyncStore> {
  const asWritten = AS_WRITTEN[release];
  const enqueue: SyncStore['enqueue'] = (entries) =>
    store.enqueue(entries.map((entry) => ({ ...entry, item: asWritten(entry.item) })));
  if (release === 'next')
    return { enqueue, outbox: async () => (await store.outbox()).map((item) => fromNextForm(item)) };
  return {
    enqueue,
    apply: async (step) => {
      refuseStrange(step.views);
      await store.apply(step);
    },
    load: async (rows, meta) => {
      refuseStrange(rows);
      await store.load(rows, meta);
    },
  };
}

/** The store of a console whose disk may be full, or which is of another release. */
export function spoiledStore(store: SyncStore, { isFull, release }: StorageWays): SyncStore {
  const spoiled = withMethods(store, storeOf(store, release()));
  return new Proxy(spoiled, {
    get: (inner, name) =>
      isFull() && isWrite(name) ? () => Promise.reject(noRoom()) : (Reflect.get(inner, name) as unknown),
  });
}

/** The journal on the same disk. */
export function spoiledJournal(journal: Journal, { isFull, onlyInDatabase }: StorageWays): Journal {
  return withMethods(journal, {
    append: (items, clientId) => {
      if (!isFull()) return journal.append(items, clientId);
      for (const { id } of items) onlyInDatabase(id);
      return Promise.reject(noRoom());
    },
    noteEnds: (...args) => (isFull() ? Promise.reject(noRoom()) : journal.noteEnds(...args)),
    markFilled: () => (isFull() ? Promise.reject(noRoom()) : journal.markFilled()),
    prune: (keep) => (isFull() ? Promise.reject(noRoom()) : journal.prune(keep)),
  });
}
