import type { Incident } from '#shared/domain/incident.ts';
import type { SyncPorts } from './ports.ts';
import { rebase, mergeTargetOf, type Targets } from './rebase.ts';
import { setAsideOf, storeWithoutBad } from './set-aside.ts';
import type { Applied, PendingCommand, SetAside, SyncStore } from './sync-store.ts';

/** Rows by id as the API has them now; null for an incident that is out of sight or existence. */
export type IncomingRows = ReadonlyMap<string, Incident | null>;

export type RowsStep = Pick<Applied, 'views' | 'bases' | 'withoutPending' | 'gone'>;

export const NOTHING: Applied = {
  views: [],
  bases: [],
  withoutPending: [],
  gone: [],
  reference: [],
  referenceGone: [],
  leave: [],
  notAccepted: [],
  meta: {},
};

/**
 * Works out how views and bases change when `incoming` arrives and `remaining` is left of the outbox.
 * `touched` are all incidents to look at: those that came, and those whose commands left. Reads the store,
 * writes nothing.
 */
export async function rowsStep(
  ports: SyncPorts,
  incoming: IncomingRows,
  touched: ReadonlySet<string>,
  remaining: readonly PendingCommand[],
): Promise<RowsStep> {
  const settings = await ports.contexts.settings();
  const pendingOf = Map.groupBy(remaining, (item) => item.incident);
  const targets = await targetsOf(ports.store, remaining, touched);
  const step = {
    views: [] as Incident[],
    bases: [] as RowsStep['bases'][number][],
    withoutPending: [] as string[],
    gone: [] as string[],
  };
  for (const id of touched) {
    const confirmed = incoming.has(id) ? (incoming.get(id) ?? null) : await confirmedOf(ports.store, id);
    const pending = pendingOf.get(id) ?? [];
    if (pending.length === 0) {
      if (confirmed === null) step.gone.push(id);
      else step.views.push(confirmed);
      if (confirmed !== null) step.withoutPending.push(id);
      continue;
    }
    step.bases.push({ id, base: confirmed });
    const view = rebase(id, confirmed, pending, settings, ports.actor, targets);
    // With commands pending and nothing known of it, what the screen showed last stays until they are
    // decided.
    if (view !== null) step.views.push(view);
  }
  return step;
}

/** Stores confirmed rows and nothing else. */
export async function storeRows(
  ports: SyncPorts,
  rows: readonly Incident[],
  remaining: readonly PendingCommand[],
): Promise<void> {
  const incoming = new Map(rows.map((row) => [row.id, row]));
  const step = await rowsStep(ports, incoming, new Set(incoming.keys()), remaining);
  await ports.store.apply({ ...NOTHING, ...step });
}

/**
 * Stores a step of the feed or of a repair through `finish`, without the rows that cannot be taken in, which
 * `finish` gets as well. A command whose row is set aside leaves all the same: the API has decided it.
 */
export async function finishWithoutBad(
  ports: SyncPorts,
  incoming: IncomingRows,
  remaining: readonly PendingCommand[],
  finish: (storable: IncomingRows, bad: readonly SetAside[]) => Promise<void>,
): Promise<readonly SetAside[]> {
  const rows = [...incoming.values()].filter((row) => row !== null);
  const bad = await storeWithoutBad(rows, (part) =>
    part === rows ? finish(incoming, []) : storeRows(ports, part, remaining),
  );
  if (bad.length === 0) return [];
  const notes = bad.map((row) => setAsideOf(row));
  const ids = new Set(bad.map(({ id }) => id));
  await finish(new Map([...incoming].filter(([id]) => !ids.has(id))), notes);
  return notes;
}

/** The confirmed row: the one kept aside while commands are pending, else the view itself. */
export async function confirmedOf(store: SyncStore, id: string): Promise<Incident | null> {
  const base = await store.base(id);
  return base === undefined ? store.view(id) : base;
}

async function targetsOf(
  store: SyncStore,
  items: readonly PendingCommand[],
  touched: ReadonlySet<string>,
): Promise<Targets> {
  const ids = items.filter((item) => touched.has(item.incident)).map(mergeTargetOf);
  return store.views(ids.filter((id) => id !== null));
}
