import type { Dexie, Table } from 'dexie';
import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import type {
  Applied,
  Enqueued,
  NotAccepted,
  PendingCommand,
  SyncMeta,
  SyncStore,
} from '#renderer/data/sync/sync-store.ts';
import { NOTHING_DOWNLOADED } from '#renderer/data/sync/bootstrap.ts';
import { numberAdded, numberAnew, stateOf } from '#renderer/data/sync/numbering.ts';
import { DiskFullError, isDiskFull } from '#renderer/data/sync/storage-trouble.ts';
import type { StoredAttachment } from '#renderer/data/attachments/attachments.ts';
import type { StoredPhoto } from './photos.ts';
import { declareDatabase } from './database.ts';
import type { Durability } from './database.ts';
import { reopening } from './reopening.ts';
import { FirstScreen } from './first-screen.ts';
import { incidentCodec } from './incident-codec.ts';
import type { RowColumns } from './incident-codec.ts';
import { OVERLAY_LIMIT, PackedStore } from './layout/packed-store.ts';
import type { QueuePage } from './console-store.ts';
import {
  basesGone,
  birthOf,
  isOfBirth,
  writeFirstMeta,
  writeWhole,
  readKept,
  tablesOf,
  writeChange,
  writeMeta,
} from './sync-tables.ts';
import type { KeptSync, SyncChange } from './sync-tables.ts';

/** Rows worth a posting segment of their own; fewer are tokenised again at the next start. */
const SEGMENT_WORTH = 1000;

export type IncidentStore = PackedStore<Incident, RowColumns>;

export interface OpenOptions {
  readonly name: string;
  /** A new client id, for a database that has none. */
  readonly newId: () => string;
}

/** {@link SyncStore} on Dexie. One owner at a time: it keeps columns, bases and the outbox in memory. */
export class DexieSyncStore implements SyncStore {
  readonly #relaxed: Dexie;
  readonly #strict: Dexie;
  readonly #turn = serialQueue();
  readonly incidents: IncidentStore;
  readonly firstScreen: FirstScreen<QueuePage>;
  /** Called when the disk had no room for a step; the step then fails with {@link DiskFullError}. */
  onDiskFull: () => void = () => undefined;
  /** Called when the browser had thrown the copy away; the commands are on disk again. */
  onEmptied: () => void = () => undefined;
  readonly #birth: string;
  #isClosing = false;
  #meta: SyncMeta;
  #outbox: readonly PendingCommand[];
  readonly #bases: Map<string, Incident | null>;

  private constructor(
    relaxed: Dexie,
    strict: Dexie,
    incidents: IncidentStore,
    kept: KeptSync,
    birth: string,
  ) {
    this.#relaxed = relaxed;
    this.#strict = strict;
    this.incidents = incidents;
    this.firstScreen = new FirstScreen(() => relaxed.table('meta'));
    this.#birth = birth;
    for (const db of [relaxed, strict]) db.on('close', () => this.#noticeClosing());
    this.#meta = kept.meta;
    this.#outbox = kept.outbox;
    this.#bases = new Map(kept.bases.map(({ id, base }) => [id, base]));
  }

  /** Photos of example cases; those taken in here are an operator's work, hence strict. */
  get photos(): Table<StoredPhoto, string> {
    return this.#strict.table('photo');
  }

  get attachments(): Table<StoredAttachment, string> {
    return this.#strict.table('attachment');
  }

  /**
   * Opens the database, or makes an empty one under a new client id. Columns go on being read; see
   * `incidents.ready`.
   */
  static async open({ name, newId }: OpenOptions): Promise<DexieSyncStore> {
    const strict = declareDatabase(name, 'strict');
    const relaxed = await reopening(async () => {
      const db = declareDatabase(name, 'relaxed');
      await db.open().catch((error: unknown) => {
        db.close();
        throw error;
      });
      return db;
    });
    const incidents = new PackedStore(relaxed, incidentCodec);
    const kept = (await readKept(relaxed)) ?? (await writeFirstMeta(strict, newId()));
    return new DexieSyncStore(relaxed, strict, incidents, kept, await birthOf(relaxed, newId));
  }

  async close(): Promise<void> {
    await this.#turn(async () => undefined);
    this.#isClosing = true;
    this.#relaxed.close();
    this.#strict.close();
  }

  async meta(): Promise<SyncMeta> {
    return this.#meta;
  }

  async setMeta(change: Partial<SyncMeta>): Promise<void> {
    await this.#write('relaxed', { meta: change });
  }

  async view(id: string): Promise<Incident | null> {
    return (await this.views([id])).get(id) ?? null;
  }

  async views(ids: readonly string[]): Promise<ReadonlyMap<string, Incident>> {
    await this.incidents.ready;
    const rows = ids.map((id) => this.incidents.rowOf(id)).filter((row) => row !== -1);
    const documents = await this.incidents.read(rows);
    return new Map([...documents.values()].map((incident) => [incident.id, incident]));
  }

  async base(id: string): Promise<Incident | null | undefined> {
    return this.#bases.get(id);
  }

  async outbox(): Promise<readonly PendingCommand[]> {
    return this.#outbox;
  }

  /** Commands of this workstation the feed has not shown, by incident. */
  pendingOf(incident: string): number {
    return this.#outbox.reduce((count, item) => count + (item.incident === incident ? 1 : 0), 0);
  }

  async enqueue(entries: readonly Enqueued[]): Promise<readonly PendingCommand[]> {
    return this.#turn(async () => {
      const added = entries.map(({ item, isBehind = false }) => ({ ...item, state: stateOf(isBehind) }));
      const { items: stored, nextSeq } = numberAdded(this.#outbox, this.#meta.nextSeq, added);
      const views = new Map<string, Incident>();
      const bases = new Map<string, Incident | null>();
      for (const { item, view, base } of entries) {
        if (view === null) continue;
        views.set(item.incident, view);
        if (!this.#bases.has(item.incident) && !bases.has(item.incident)) bases.set(item.incident, base);
      }
      await this.#commit('strict', {
        views: [...views.values()],
        bases: [...bases].map(([id, base]) => ({ id, base })),
        outbox: [...this.#outbox, ...stored].toSorted((a, b) => a.seq - b.seq),
        meta: { nextSeq },
      });
      return stored;
    });
  }

  async markOutbox(ids: readonly string[], state: PendingCommand['state']): Promise<void> {
    const marked = new Set(ids);
    await this.#turn(() =>
      this.#commit('relaxed', {
        outbox: this.#outbox.map((item) => (marked.has(item.id) ? { ...item, state } : item)),
      }),
    );
  }

  async restamp(items: readonly PendingCommand[]): Promise<void> {
    const mended = new Map(items.map((item) => [item.id, item]));
    await this.#turn(() =>
      this.#commit('strict', { outbox: this.#outbox.map((item) => mended.get(item.id) ?? item) }),
    );
  }

  async adoptClient(clientId: string, items: readonly Omit<PendingCommand, 'seq'>[]): Promise<void> {
    const { items: outbox, nextSeq } = numberAnew(items);
    await this.#write('strict', { outbox, meta: { clientId, nextSeq } });
  }

  async apply(step: Applied): Promise<void> {
    const leave = new Set(step.leave);
    await this.#turn(async () => {
      const outbox = leave.size === 0 ? {} : { outbox: this.#outbox.filter((item) => !leave.has(item.id)) };
      await this.#commit('relaxed', { ...step, ...outbox });
    });
  }

  async load(rows: readonly Incident[], meta: Partial<SyncMeta>): Promise<void> {
    await this.incidents.ready;
    await this.#turn(async () => {
      const fresh = new Map(rows.filter((row) => this.#isNews(row)).map((row) => [row.id, row]));
      const next = { ...this.#meta, ...meta };
      const run = async (): Promise<void> => {
        await Promise.all([writeMeta(this.#relaxed, next), this.firstScreen.invalidate(this.#relaxed)]);
      };
      await this.#noticeDiskFull(
        this.incidents.load([...fresh.values()], {
          db: this.#relaxed,
          tables: [this.#relaxed.table('meta')],
          run,
        }),
      );
      this.#meta = next;
      this.firstScreen.invalidated();
    });
  }

  async *versions(): AsyncIterable<readonly { readonly id: string; readonly version: number }[]> {
    await this.incidents.ready;
    const { columns } = this.incidents;
    for (const chunk of columns.chunks) {
      const page: { id: string; version: number }[] = [];
      for (let index = 0; index < chunk.rows; index += 1) {
        if (chunk.at.live[index] !== 1) continue;
        const id = columns.idOf(chunk.first + index);
        const base = this.#bases.get(id);
        if (base !== null) page.push({ id, version: base?.version ?? (chunk.at.revision[index] as number) });
      }
      yield page;
    }
  }

  async notAccepted(): Promise<readonly NotAccepted[]> {
    return tablesOf(this.#relaxed).notAccepted.toArray();
  }

  async dismissNotAccepted(id: string): Promise<void> {
    await this.#turn(() => tablesOf(this.#strict).notAccepted.delete(id));
  }

  async reference(): Promise<readonly ReferenceRow[]> {
    return tablesOf(this.#relaxed).reference.toArray();
  }

  async forgetRows(): Promise<void> {
    await this.incidents.ready;
    await this.#turn(async () => {
      const pending = new Set([...this.#bases.keys(), ...this.#outbox.map((item) => item.incident)]);
      const kept = await this.views([...pending]);
      await this.incidents.reset([...kept.values()], {
        db: this.#relaxed,
        tables: [this.#relaxed.table('meta')],
        run: () => this.firstScreen.invalidate(this.#relaxed),
      });
      this.firstScreen.invalidated();
    });
  }

  /**
   * Idle work, one turn a step: the overlay into pages, words into segments, the first screen into its
   * record.
   */
  async tidy(firstScreen: () => Promise<QueuePage>): Promise<void> {
    await this.incidents.ready;
    if (this.incidents.overlaySize >= OVERLAY_LIMIT) await this.#turn(() => this.incidents.compact());
    if (this.incidents.unindexed > 0) await this.#turn(() => this.incidents.index(SEGMENT_WORTH));
    if (!this.firstScreen.isStored)
      await this.#turn(async () => this.firstScreen.refresh(await firstScreen()));
  }

  /** A database is closed by us, or by a browser that throws it away: cleared site data, want of room. */
  #noticeClosing(): void {
    if (this.#isClosing) return;
    void this.#turn(() => this.#writeAgain()).then(
      (isEmptied) => (isEmptied ? this.onEmptied() : undefined),
      // What cannot be written now is tried with the next action, whose failure is told.
      () => undefined,
    );
  }

  /**
   * Puts what is not done yet on disk again where the database was emptied under us, and forgets the rest,
   * which is downloaded again. To be called in a turn.
   */
  async #writeAgain(): Promise<boolean> {
    const db = this.#strict;
    // An opening that the browser cut off is not tried again by itself.
    for (const each of [this.#relaxed, db]) await reopening(() => each.open());
    if (await isOfBirth(db, this.#birth)) return false;
    const meta: SyncMeta = { ...this.#meta, epoch: null, ...NOTHING_DOWNLOADED };
    await this.incidents.reset([], {
      db,
      tables: Object.values(tablesOf(db)),
      run: () => writeWhole(db, this.#birth, { meta, outbox: this.#outbox }),
    });
    this.#meta = meta;
    this.#bases.clear();
    this.firstScreen.invalidated();
    return true;
  }

  /** Gives «no room» one name, whatever the layer that met it, and tells of it. */
  async #noticeDiskFull(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      this.onDiskFull();
      throw new DiskFullError({ cause: error });
    }
  }

  /** Rows nobody works on here, and not older than what is here. */
  #isNews(row: Incident): boolean {
    if (this.#bases.has(row.id) || this.pendingOf(row.id) > 0) return false;
    const known = this.incidents.rowOf(row.id);
    return known === -1 || this.incidents.revisionOf(known) <= row.version;
  }

  async #write(durability: Durability, change: SyncChange): Promise<void> {
    await this.#turn(() => this.#commit(durability, change));
  }

  /** One transaction; memory follows when it has committed. To be called in a turn. */
  async #commit(durability: Durability, change: SyncChange): Promise<void> {
    const db = durability === 'strict' ? this.#strict : this.#relaxed;
    const tables = tablesOf(db);
    const kept = { meta: this.#meta, outbox: this.#outbox };
    const meta = change.meta ? { ...kept.meta, ...change.meta } : kept.meta;
    const touchesRows = (change.views?.length ?? 0) + (change.gone?.length ?? 0) > 0;
    const run = async (): Promise<void> => {
      await Promise.all([
        writeChange(tables, kept, change),
        touchesRows ? this.firstScreen.invalidate(db) : null,
      ]);
    };
    await this.#noticeDiskFull(
      this.incidents.change(change.views ?? [], change.gone ?? [], {
        db,
        tables: Object.values(tables),
        run,
      }),
    );
    this.#meta = meta;
    this.#outbox = change.outbox ?? this.#outbox;
    for (const { id, base } of change.bases ?? []) this.#bases.set(id, base);
    for (const id of basesGone(change)) this.#bases.delete(id);
    if (touchesRows) this.firstScreen.invalidated();
  }
}
