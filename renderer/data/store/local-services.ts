import { v7 } from 'uuid';
import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Actor } from '#shared/domain/actor.ts';
import { photosOfExamples } from '#shared/domain/example.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { Attachments } from '#renderer/data/attachments/attachments.ts';
import type { AttachmentLine } from '#renderer/data/attachments/attachment-line.ts';
import { namedAttachments } from '#renderer/data/attachments/named-attachments.ts';
import type { WaitingFiles } from '#renderer/data/attachments/waiting-files.ts';
import { CentreClock, systemClocks } from '#renderer/data/sync/centre-clock.ts';
import { SyncEngine } from '#renderer/data/sync/engine.ts';
import type { PhotoLine } from '#renderer/data/sync/fetch-transport.ts';
import { pause, systemTimer } from '#renderer/data/sync/pause.ts';
import { withPending } from '#renderer/data/sync/pending-records.ts';
import { referenceContexts } from '#renderer/data/sync/reference-context.ts';
import { isDiskFull } from '#renderer/data/sync/storage-trouble.ts';
import type { StoreChange } from '#renderer/data/sync/sync-status.ts';
import type { Journal } from '#renderer/data/sync/sync-store.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { changeFeed } from './change-feed.ts';
import { databaseName } from './database.ts';
import { DexieSyncStore } from './dexie-sync-store.ts';
import { FIRST_QUERY, FIRST_ROWS } from './first-query.ts';
import { idleWork } from './idle-work.ts';
import { readLeftBehind, type LeftBehind } from './left-behind.ts';
import type { PhotoSpare } from './photo-spare.ts';
import { Photos } from './photos.ts';
import { Queries } from './queries.ts';
import { registersOf, Reports } from './reports.ts';
import { withRoomGuard } from './room-guard.ts';

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

/** The duties of the owner's worker, on one {@link DexieSyncStore}. */
export interface LocalServices {
  readonly store: DexieSyncStore;
  readonly engine: SyncEngine;
  readonly queries: Queries;
  readonly reports: Reports;
  readonly photos: Photos;
  readonly attachments: Attachments;
  /** Reference rows, with this workstation's pending saves of records laid over. */
  readonly reference: () => Promise<readonly ReferenceRow[]>;
  readonly leftBehind: () => Promise<readonly LeftBehind[]>;
  readonly close: () => Promise<void>;
}

type Contexts = ReturnType<typeof referenceContexts>;
type Base = Pick<LocalServices, 'store' | 'engine' | 'reference'>;

const STATUS_CHANGED: StoreChange = { incidents: [], reference: false, status: true };

const isOnline = (): boolean => globalThis.navigator?.onLine ?? true;

const actorOf = ({ account: { id, role, agency } }: Session): Actor => ({ id, role, agency });

function engineOver(
  store: DexieSyncStore,
  contexts: Contexts,
  { session, journal, transport, now, appVersion }: LocalParts,
  onChange: (change: StoreChange) => void,
): SyncEngine {
  const onDiskFull = (): void => engine.raise({ kind: 'disk_full' });
  const engine: SyncEngine = new SyncEngine({
    ports: {
      store,
      journal,
      transport: withRoomGuard(transport, onDiskFull),
      contexts,
      actor: actorOf(session),
      now,
      clock: new CentreClock(systemClocks),
      startTimer: systemTimer,
      random: Math.random,
      newId: v7,
      exclusive: serialQueue(),
    },
    appVersion,
    onChange,
    isOnline,
  });
  store.onDiskFull = onDiskFull;
  store.onEmptied = () => engine.beginAnew();
  return engine;
}

/** Two questions to the sync that both kinds of files need answered. */
const syncState = ({ store, engine }: Base) => ({
  epoch: async () => (await store.meta()).epoch,
  isLive: async () => (await engine.status()).connection.state === 'live',
});

function photosOver(base: Base, { photos: line, spare }: LocalParts, onChange: () => void): Photos {
  return new Photos({
    table: base.store.photos,
    line,
    spare,
    ...syncState(base),
    wanted: async () =>
      new Set(photosOfExamples(registersOf(await base.reference()).examples).map(({ hash }) => hash)),
    onChange,
  });
}

function attachmentsOver(
  base: Base,
  { attachments: line, waitingFiles: files, now }: LocalParts,
  onChange: () => void,
): Attachments {
  const { store } = base;
  return new Attachments({
    table: store.attachments,
    files,
    line,
    now,
    ...syncState(base),
    named: async () => namedAttachments([...(await store.outbox()), ...(await store.notAccepted())]),
    onChange,
  });
}

/** Puts the duties together; nothing runs yet. */
function assemble(store: DexieSyncStore, parts: LocalParts) {
  const { session, now } = parts;
  const { account, region } = session;
  const { incidents } = store;
  const tell = changeFeed(parts.onChange);
  const tellStatus = (): void => tell(STATUS_CHANGED);
  const contexts = referenceContexts(store, region.timeZone);
  const reference = async (): Promise<readonly ReferenceRow[]> =>
    withPending(await store.reference(), await store.outbox(), actorOf(session));
  const engine = engineOver(store, contexts, parts, (change) => {
    tell(change);
    if (change.reference || change.status) void photos.send();
    if (change.status) void attachments.send();
    if (change.incidents === 'all' || change.incidents.length > 0) idle.putOff();
  });
  const base: Base = { store, engine, reference };
  const photos = photosOver(base, parts, tellStatus);
  const attachments = attachmentsOver(base, parts, tellStatus);
  const queries = new Queries({
    incidents,
    account: account.id,
    zone: region.timeZone,
    contexts,
    now: async () => now() + (await store.meta()).clockOffset,
    pendingOf: (id) => store.pendingOf(id),
  });
  const reports = new Reports({ incidents, region, contexts, reference });
  const idle = idleWork(
    async () => {
      await store.tidy(() => queries.queue(FIRST_QUERY, 0, FIRST_ROWS));
      await reports.prepare(() => pause(0));
    },
    (error) => {
      // Only a full disk is news.
      if (!isDiskFull(error)) throw error;
      engine.raise({ kind: 'disk_full' });
    },
  );
  return { ...base, queries, reports, photos, attachments, idle };
}

/** Sends files left from the last time. What cannot be read back now is tried again at the next start. */
async function resume(files: Photos | Attachments): Promise<void> {
  await files.recover().catch(() => undefined);
  await files.send();
}

/**
 * A request under way may hang for half a minute, and other windows wait for this database. What it brings
 * later finds the database closed, and whoever owns it next asks for it again.
 */
const STOPPING_MS = 1000;

/** Opens (or creates) the local copy and starts syncing. */
export async function openLocalServices(parts: LocalParts): Promise<LocalServices> {
  const { account, region } = parts.session;
  const store = await DexieSyncStore.open({ name: databaseName(region.code, account.id), newId: v7 });
  const { idle, ...services } = assemble(store, parts);
  const { engine, photos, attachments } = services;
  await engine.start();
  void resume(photos);
  void resume(attachments);
  idle.putOff();
  const close = async (): Promise<void> => {
    idle.close();
    photos.close();
    attachments.close();
    const stopping = engine.stop();
    await engine.commandsDone();
    await Promise.race([stopping, pause(STOPPING_MS)]);
    await store.close();
    await parts.journal.close();
  };
  const leftBehind = async (): Promise<readonly LeftBehind[]> =>
    readLeftBehind(parts.session, await store.reference());
  return { ...services, leftBehind, close };
}
