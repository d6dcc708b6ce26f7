import type { Journal, PendingCommand, SyncStore } from '#renderer/data/sync/sync-store.ts';

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
  /** The console is the release before this one. */
  readonly isOlder: () => boolean;
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

/**
 * A command as the release before wrote it into its outbox: without the version it had confirmed, without
 * what was seen, and approvals in their first form.
 */
export function inOlderForm<T extends Pick<PendingCommand, 'name' | 'args' | 'confirmed'>>(item: T): T {
  const { confirmed: _confirmed, ...rest } = item;
  const { seen: _seen, submission: _submission, ...args } = { ...(item.args as Record<string, unknown>) };
  return { ...rest, name: item.name.replace(/@\d+$/, '@1'), args } as unknown as T;
}

/** The store of a console whose disk may be full, or which is of an earlier release. */
export function spoiledStore(store: SyncStore, { isFull, isOlder }: StorageWays): SyncStore {
  const enqueue: SyncStore['enqueue'] = (entries) =>
    store.enqueue(
      isOlder() ? entries.map((entry) => ({ ...entry, item: inOlderForm(entry.item) })) : entries,
    );
  const spoiled = withMethods(store, { enqueue });
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
