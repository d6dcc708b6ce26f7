import { v7 } from 'uuid';
import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Actor } from '#shared/domain/actor.ts';
import { photosOfExamples } from '#shared/domain/example.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { isUndoableAct } from '#shared/domain/undo.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { BroadcastKit } from '#shared/report/kit/broadcast-kit.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import type { ServiceOf } from '#renderer/data/rpc/method-table.ts';
import { SyncEngine } from '#renderer/data/sync/engine.ts';
import { pause, systemTimer } from '#renderer/data/sync/pause.ts';
import { withPending } from '#renderer/data/sync/pending-records.ts';
import { referenceContexts } from '#renderer/data/sync/reference-context.ts';
import { Attachments, type KeptAttachment } from '#renderer/data/attachments/attachments.ts';
import type { AttachmentLine } from '#renderer/data/attachments/attachment-line.ts';
import { namedAttachments } from '#renderer/data/attachments/named-attachments.ts';
import type { WaitingFiles } from '#renderer/data/attachments/waiting-files.ts';
import type { Dispatched, GesturePart, OnRefusal } from '#renderer/data/sync/outbox.ts';
import type { Journal, NotAccepted } from '#renderer/data/sync/sync-store.ts';
import type { PhotoLine } from '#renderer/data/sync/fetch-transport.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { changeFeed } from './change-feed.ts';
import type {
  OWNER_METHODS,
  Alarm,
  CommandResult,
  Dimension,
  Lane,
  QueuePage,
  QueueQuery,
  QueueRow,
  StoreChange,
  SyncStatus,
} from './console-store.ts';
import { databaseName } from './database.ts';
import { DexieSyncStore } from './dexie-sync-store.ts';
import { isDiskFull } from './disk-room.ts';
import { FIRST_QUERY, FIRST_ROWS } from './first-query.ts';
import type { PhotoSpare } from './photo-spare.ts';
import { Photos, type KeptPhoto } from './photos.ts';
import { Queries } from './queries.ts';
import type { Counted } from './count-rows.ts';
import { registersOf, Reports } from './reports.ts';
import { withRoomGuard } from './room-guard.ts';

/** Idle work waits until changes have ceased for so long. */
const TIDY_AFTER_MS = 2000;

export interface LocalParts {
  readonly session: Session;
  readonly transport: Transport;
  readonly photos: PhotoLine;
  readonly spare: PhotoSpare;
  readonly attachments: AttachmentLine;
  readonly waitingFiles: WaitingFiles;
  readonly journal: Journal;
  readonly appVersion: string;
  readonly now: () => number;
  readonly onChange: (change: StoreChange) => void;
}

const resultOf = (acted: Dispatched): CommandResult =>
  acted.ok ? { ok: true, id: acted.incident, undo: acted.canUndo ? acted.id : null } : acted;

const isOnline = (): boolean => globalThis.navigator?.onLine ?? true;

/**
 * The store of the worker that owns the database: queries, the sync engine and idle work on one {@link
 * DexieSyncStore}.
 */
export class LocalConsoleStore implements ServiceOf<typeof OWNER_METHODS> {
  readonly #store: DexieSyncStore;
  readonly #engine: SyncEngine;
  readonly #queries: Queries;
  readonly #reports: Reports;
  readonly #photos: Photos;
  readonly #attachments: Attachments;
  readonly #actor: Actor;
  readonly #tell: (change: StoreChange) => void;
  #tidying: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  private constructor(store: DexieSyncStore, parts: LocalParts) {
    const { session, journal, now, onChange } = parts;
    const { account, region } = session;
    const { incidents } = store;
    this.#store = store;
    this.#actor = { id: account.id, role: account.role, agency: account.agency };
    this.#tell = changeFeed(onChange);
    const transport = withRoomGuard(parts.transport, () => this.#engine.raise({ kind: 'disk_full' }));
    const contexts = referenceContexts(store, region.timeZone);
    this.#engine = new SyncEngine({
      ports: {
        store,
        journal,
        transport,
        contexts,
        actor: this.#actor,
        now,
        startTimer: systemTimer,
        random: Math.random,
        newId: v7,
        exclusive: serialQueue(),
      },
      appVersion: parts.appVersion,
      onChange: (change) => this.#changed(change),
      isOnline,
    });
    store.onDiskFull = () => this.#engine.raise({ kind: 'disk_full' });
    this.#queries = new Queries({
      incidents,
      account: account.id,
      zone: region.timeZone,
      contexts,
      now,
      pendingOf: (id) => store.pendingOf(id),
    });
    this.#reports = new Reports({ incidents, region, contexts, reference: () => this.reference() });
    this.#photos = this.#photosOver(parts);
    this.#attachments = this.#attachmentsOver(parts);
  }

  #attachmentsOver({ attachments: line, waitingFiles: files, now }: LocalParts): Attachments {
    return new Attachments({
      table: this.#store.attachments,
      files,
      line,
      now,
      epoch: async () => (await this.#store.meta()).epoch,
      isLive: async () => (await this.#engine.status()).connection.state === 'live',
      named: async () =>
        namedAttachments([...(await this.#store.outbox()), ...(await this.#store.notAccepted())]),
      onChange: () => this.#tell({ incidents: [], reference: false, status: true }),
    });
  }

  #photosOver({ photos: line, spare }: LocalParts): Photos {
    return new Photos({
      table: this.#store.photos,
      line,
      spare,
      epoch: async () => (await this.#store.meta()).epoch,
      isLive: async () => (await this.#engine.status()).connection.state === 'live',
      wanted: async () =>
        new Set(photosOfExamples(registersOf(await this.reference()).examples).map((one) => one.hash)),
      onChange: () => this.#tell({ incidents: [], reference: false, status: true }),
    });
  }

  /** Opens (or creates) the local copy and starts syncing. */
  static async open(parts: LocalParts): Promise<LocalConsoleStore> {
    const { account, region } = parts.session;
    const store = await DexieSyncStore.open({ name: databaseName(region.code, account.id), newId: v7 });
    const opened = new LocalConsoleStore(store, parts);
    await opened.#engine.start();
    // What cannot be read back now is tried again at the next start; it must not keep the rest from being
    // sent.
    void opened.#photos
      .recover()
      .catch(() => undefined)
      .then(() => opened.#photos.send());
    void opened.#attachments
      .recover()
      .catch(() => undefined)
      .then(() => opened.#attachments.send());
    opened.#tidyLater();
    return opened;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#tidying !== null) clearTimeout(this.#tidying);
    this.#photos.close();
    this.#attachments.close();
    await this.#engine.stop();
    await this.#store.close();
  }

  /** A photo or a file that waits is unsent work like any command. */
  async status(): Promise<SyncStatus> {
    const status = await this.#engine.status();
    const attachments = this.#attachments.waiting;
    const files = attachments.filter(({ refused }) => refused === null).length;
    return { ...status, unsent: status.unsent + this.#photos.waiting + files, attachments };
  }

  keepAttachment(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<KeptAttachment> {
    return this.#attachments.keep(bytes, name);
  }

  attachment(incident: string, hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#attachments.read(incident, hash);
  }

  broadcastKit(request: ReportRequest, agency: string, asOf: number): Promise<BroadcastKit> {
    return this.#reports.kit(request, agency, asOf, (ids) => this.#store.views(ids));
  }

  keepPhoto(bytes: Uint8Array<ArrayBuffer>): Promise<KeptPhoto> {
    return this.#photos.keep(bytes);
  }

  photo(hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#photos.read(hash);
  }

  dismissAttachment(hash: string): Promise<void> {
    return this.#attachments.dismiss(hash);
  }

  queue(query: QueueQuery, offset: number, limit: number): Promise<QueuePage> {
    return this.#queries.queue(query, offset, limit);
  }

  placeOf(query: QueueQuery, id: string): Promise<number | null> {
    return this.#queries.placeOf(query, id);
  }

  laneCounts(): Promise<Readonly<Record<Lane, number>>> {
    return this.#queries.laneCounts();
  }

  incident(id: string): Promise<Incident | null> {
    return this.#store.view(id);
  }

  byNumber(number: number): Promise<string | null> {
    return this.#queries.byNumber(number);
  }

  /** `id` of the result is the incident's: for `register` the one given, or a new one when it is empty. */
  async dispatch(incident: string, command: Command): Promise<CommandResult> {
    return resultOf(await this.#engine.dispatch(incident, command));
  }

  async dispatchTogether(
    parts: readonly GesturePart[],
    onRefusal: OnRefusal,
  ): Promise<readonly CommandResult[]> {
    return (await this.#engine.dispatchTogether(parts, onRefusal)).map(resultOf);
  }

  joined(id: string): Promise<readonly Incident[]> {
    return this.#queries.joined(id);
  }

  similar(id: string): Promise<readonly QueueRow[]> {
    return this.#queries.similar(id);
  }

  notAccepted(): Promise<readonly NotAccepted[]> {
    return this.#store.notAccepted();
  }

  dismissNotAccepted(id: string): Promise<void> {
    return this.#engine.dismissNotAccepted(id);
  }

  async dismissAlarm(kind: Alarm['kind']): Promise<void> {
    this.#engine.dismissAlarm(kind);
  }

  async reference(): Promise<readonly ReferenceRow[]> {
    return withPending(await this.#store.reference(), await this.#store.outbox(), this.#actor);
  }

  count(from: number, to: number, by: readonly Dimension[]): Promise<readonly Counted[]> {
    return this.#queries.count(from, to, by);
  }

  report(request: ReportRequest, asOf: number): Promise<PeriodReport> {
    return this.#reports.report(request, asOf);
  }

  async behind(
    request: ReportRequest,
    figure: string,
    asOf: number,
    offset: number,
    limit: number,
  ): Promise<QueuePage> {
    const ids = await this.#reports.behind(request, figure, asOf);
    return { total: ids.length, rows: await this.#queries.byIds(ids.slice(offset, offset + limit)) };
  }

  async syncNow(): Promise<void> {
    this.#engine.syncNow();
  }

  /**
   * Finds a gesture that was stored at or after `since`, as {@link findDispatched} does a command. Of one
   * whose commands are independent, those that are missing are done now.
   */
  async findDispatchedTogether(
    since: number,
    parts: readonly GesturePart[],
    onRefusal: OnRefusal,
  ): Promise<readonly CommandResult[] | null> {
    const known = await Promise.all(parts.map(({ id, command }) => this.findDispatched(since, id, command)));
    if (known.every((result) => result === null)) return null;
    // Stored whole or not at all: what is missing has left the outbox already.
    if (onRefusal === 'none')
      return known.map((result, index) => result ?? { ok: true, id: parts[index]?.id ?? '', undo: null });
    const missing = parts.filter((_, index) => known[index] === null);
    const answers = [...(await this.dispatchTogether(missing, onRefusal))];
    return known.map((result) => result ?? must(answers.shift(), 'an answer for each command'));
  }

  /**
   * Finds a command that was stored at or after `since`, for a window whose owner died before it could reply;
   * null when there is none.
   */
  async findDispatched(since: number, incident: string, command: Command): Promise<CommandResult | null> {
    const { clockOffset } = await this.#store.meta();
    const args = JSON.stringify(command.args);
    const found = (await this.#store.outbox()).find(
      (item) =>
        (item.incident === incident || command.name === 'register') &&
        item.name.startsWith(`${command.name}@`) &&
        item.at >= since + clockOffset &&
        JSON.stringify(item.args) === args,
    );
    if (found === undefined) return null;
    const canUndo = isUndoableAct(await this.#store.view(found.incident), found.id);
    return { ok: true, id: found.incident, undo: canUndo ? found.id : null };
  }

  #changed(change: StoreChange): void {
    this.#tell(change);
    if (change.reference || change.status) void this.#photos.send();
    if (change.status) void this.#attachments.send();
    if (change.incidents === 'all' || change.incidents.length > 0) this.#tidyLater();
  }

  #tidyLater(): void {
    if (this.#tidying !== null) clearTimeout(this.#tidying);
    this.#tidying = setTimeout(() => {
      this.#tidying = null;
      if (!this.#isClosed) this.#tidy().catch((error: unknown) => this.#tidyFailed(error));
    }, TIDY_AFTER_MS);
  }

  async #tidy(): Promise<void> {
    await this.#store.tidy(() => this.#queries.queue(FIRST_QUERY, 0, FIRST_ROWS));
    await this.#reports.prepare(() => pause(0));
  }

  /** Idle work that fails is tried again after the next change; only a full disk is news. */
  #tidyFailed(error: unknown): void {
    if (isDiskFull(error)) this.#engine.raise({ kind: 'disk_full' });
    else if (!this.#isClosed) throw error;
  }
}
