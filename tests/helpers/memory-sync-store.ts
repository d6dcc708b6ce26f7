import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { NOTHING_DOWNLOADED } from '#renderer/data/sync/bootstrap.ts';
import { numberAdded, numberAnew, stateOf } from '#renderer/data/sync/numbering.ts';
import type {
  Applied,
  Enqueued,
  NotAccepted,
  PendingCommand,
  SyncMeta,
  SyncStore,
} from '#renderer/data/sync/sync-store.ts';

const clone = <T>(value: T): T => structuredClone(value);

const freshMeta = (clientId: string): SyncMeta => ({
  clientId,
  nextSeq: 1,
  epoch: null,
  scopeHash: '',
  ...NOTHING_DOWNLOADED,
  clockOffset: 0,
});

/**
 * {@link SyncStore} in plain memory. Values are copied in and out, as a database does; nothing in it ever
 * waits.
 */
export class MemorySyncStore implements SyncStore {
  #meta: SyncMeta;
  readonly #views = new Map<string, Incident>();
  readonly #bases = new Map<string, Incident | null>();
  #outbox: PendingCommand[] = [];
  readonly #notAccepted = new Map<string, NotAccepted>();
  readonly #reference = new Map<string, ReferenceRow>();

  constructor(clientId: string) {
    this.#meta = freshMeta(clientId);
  }

  async meta(): Promise<SyncMeta> {
    return clone(this.#meta);
  }

  async setMeta(change: Partial<SyncMeta>): Promise<void> {
    this.#meta = { ...this.#meta, ...clone(change) };
  }

  async view(id: string): Promise<Incident | null> {
    return clone(this.#views.get(id) ?? null);
  }

  async views(ids: readonly string[]): Promise<ReadonlyMap<string, Incident>> {
    const found = ids.map((id) => this.#views.get(id)).filter((view) => view !== undefined);
    return new Map(found.map((view) => [view.id, clone(view)]));
  }

  async base(id: string): Promise<Incident | null | undefined> {
    return clone(this.#bases.get(id));
  }

  async outbox(): Promise<readonly PendingCommand[]> {
    return clone(this.#outbox);
  }

  async enqueue(entries: readonly Enqueued[]): Promise<readonly PendingCommand[]> {
    const added = entries.map(({ item, isBehind = false }) => ({ ...clone(item), state: stateOf(isBehind) }));
    const { items, nextSeq } = numberAdded(this.#outbox, this.#meta.nextSeq, added);
    for (const { item, view, base } of entries) {
      if (view === null) continue;
      if (!this.#bases.has(item.incident)) this.#bases.set(item.incident, clone(base));
      this.#views.set(item.incident, clone(view));
    }
    this.#outbox = [...this.#outbox, ...items].toSorted((a, b) => a.seq - b.seq);
    this.#meta = { ...this.#meta, nextSeq };
    return clone(items);
  }

  async markOutbox(ids: readonly string[], state: PendingCommand['state']): Promise<void> {
    this.#outbox = this.#outbox.map((item) => (ids.includes(item.id) ? { ...item, state } : item));
  }

  async restamp(items: readonly PendingCommand[]): Promise<void> {
    const mended = new Map(clone(items).map((item) => [item.id, item]));
    this.#outbox = this.#outbox.map((item) => mended.get(item.id) ?? item);
  }

  async adoptClient(clientId: string, items: readonly Omit<PendingCommand, 'seq'>[]): Promise<void> {
    const { items: outbox, nextSeq } = numberAnew(clone(items));
    this.#outbox = [...outbox];
    this.#meta = { ...this.#meta, clientId, nextSeq };
  }

  async apply(step: Applied): Promise<void> {
    for (const view of step.views) this.#views.set(view.id, clone(view));
    for (const { id, base } of step.bases) this.#bases.set(id, clone(base));
    for (const id of step.withoutPending) this.#bases.delete(id);
    for (const id of step.gone) {
      this.#views.delete(id);
      this.#bases.delete(id);
    }
    for (const row of step.reference) this.#reference.set(`${row.kind}:${row.id}`, clone(row));
    for (const { kind, id } of step.referenceGone) this.#reference.delete(`${kind}:${id}`);
    this.#outbox = this.#outbox.filter((item) => !step.leave.includes(item.id));
    for (const entry of step.notAccepted) this.#notAccepted.set(entry.id, clone(entry));
    this.#meta = { ...this.#meta, ...clone(step.meta) };
  }

  async load(rows: readonly Incident[], meta: Partial<SyncMeta>): Promise<void> {
    const pending = new Set(this.#outbox.map((item) => item.incident));
    for (const row of rows) if (!pending.has(row.id)) this.#views.set(row.id, clone(row));
    await this.setMeta(meta);
  }

  async *versions(): AsyncIterable<readonly { readonly id: string; readonly version: number }[]> {
    const confirmed = [...this.#views.keys()].map((id) =>
      this.#bases.has(id) ? this.#bases.get(id) : this.#views.get(id),
    );
    yield confirmed
      .filter((row) => row !== null && row !== undefined)
      .map(({ id, version }) => ({ id, version }));
  }

  async notAccepted(): Promise<readonly NotAccepted[]> {
    return clone([...this.#notAccepted.values()]);
  }

  async dismissNotAccepted(id: string): Promise<void> {
    this.#notAccepted.delete(id);
  }

  async reference(): Promise<readonly ReferenceRow[]> {
    return clone([...this.#reference.values()]);
  }

  async forgetRows(): Promise<void> {
    const pending = new Set(this.#outbox.map((item) => item.incident));
    for (const id of this.#views.keys()) if (!pending.has(id)) this.#views.delete(id);
  }

  /** The same rows under another client id: a second console that has just downloaded the same. */
  async copyFor(clientId: string): Promise<MemorySyncStore> {
    const copy = new MemorySyncStore(clientId);
    await copy.apply({
      views: [...this.#views.values()],
      bases: [],
      withoutPending: [],
      gone: [],
      reference: [...this.#reference.values()],
      referenceGone: [],
      leave: [],
      notAccepted: [],
      meta: { ...this.#meta, clientId, nextSeq: 1 },
    });
    return copy;
  }

  /** Every view, for comparing copies in tests. */
  allViews(): ReadonlyMap<string, Incident> {
    return clone(this.#views);
  }

  /** The one view a test takes for granted. */
  mustView(id: string): Incident {
    return clone(must(this.#views.get(id), `view of ${id}`));
  }
}
