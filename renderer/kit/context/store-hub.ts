import type { Instant } from '#shared/domain/instant.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { ConsoleStore, Lane, QueueRow, SyncStatus } from '#renderer/data/store/console-store.ts';
import type { StoreChange } from '#renderer/data/sync/sync-status.ts';
import { coalesced } from '#renderer/data/sync/coalesced.ts';
import { readReference, type Reference } from './reference.ts';
import { makeSignal } from './signal.ts';

type Listener = () => void;
export type LaneCounts = Readonly<Record<Lane, number>>;

/** The data every screen reads: the store with its slow-moving answers kept at hand, and news of changes. */
export interface StoreHub {
  readonly store: ConsoleStore;
  status(): SyncStatus;
  /**
   * Gives the centre's clock now, or at a moment of this workstation's: deadlines are of it, and what is
   * shown must not depend on how the workstation's was set.
   */
  readonly centreTime: (at?: Instant) => Instant;
  counts(): LaneCounts;
  reference(): Reference;
  /** Reads status and counts again: deadlines pass while nothing changes. */
  readonly recount: () => Promise<void>;
  /** Called after status, counts or reference have changed. */
  readonly watch: (listener: Listener) => () => void;
  /** An incident read lately and unchanged since; `undefined` when it must be read. */
  kept(id: string): Incident | null | undefined;
  /** Reads an incident and keeps it at hand, so that the next card is there before it is asked for. */
  read(id: string): Promise<Incident | null>;
  /** Messages alike an incident, when they were read with it and nothing has changed since. */
  keptSimilar(id: string): readonly QueueRow[] | undefined;
  /** Called with every change of incidents. */
  onChange(listener: (change: StoreChange) => void): () => void;
}

const KEPT = 60;

/** The incidents read last; a change forgets them. */
function keptIncidents(store: ConsoleStore) {
  const kept = new Map<string, Incident | null>();
  const similar = new Map<string, readonly QueueRow[]>();
  let generation = 0;
  return {
    kept: (id: string) => kept.get(id),
    keptSimilar: (id: string) => similar.get(id),
    read: async (id: string): Promise<Incident | null> => {
      const generationAtStart = generation;
      const [incident, alike] = await Promise.all([store.incident(id), store.similar(id)]);
      if (generationAtStart !== generation) return incident;
      kept.delete(id);
      kept.set(id, incident);
      similar.set(id, alike);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(oldest);
        similar.delete(oldest);
      }
      return incident;
    },
    forget: ({ incidents }: StoreChange): void => {
      generation += 1;
      similar.clear();
      if (incidents === 'all') kept.clear();
      else incidents.forEach((id) => kept.delete(id));
    },
  };
}

/**
 * Reads the first answers and keeps them fresh. The store must be open. It is subscribed to before anything
 * is read: a change between the two would be told to nobody, and the screen would say «offline» for as long
 * as nothing else changes.
 */
export async function createStoreHub(store: ConsoleStore, zone: string): Promise<StoreHub> {
  let status: SyncStatus;
  let counts: LaneCounts;
  let reference: Reference;
  const news = makeSignal();
  const changes = makeSignal<[StoreChange]>();
  const { forget, ...cards } = keptIncidents(store);
  const readCounts = coalesced(async () => {
    [status, counts] = await Promise.all([store.status(), store.laneCounts()]);
    news.tell();
  });
  const readRows = coalesced(async () => {
    reference = readReference(await store.reference(), zone);
    news.tell();
  });
  store.subscribe((change) => {
    forget(change);
    void readCounts();
    if (change.reference) void readRows();
    changes.tell(change);
  });
  await Promise.all([readCounts(), readRows()]);
  return {
    store,
    status: () => status,
    centreTime: (at = Date.now()) => at + status.clockOffset,
    counts: () => counts,
    reference: () => reference,
    recount: readCounts,
    ...cards,
    watch: news.watch,
    onChange: changes.watch,
  };
}
