import { v7 } from 'uuid';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { BroadcastKit } from '#shared/report/broadcast-kit.ts';
import type { ReportRequest } from '#shared/report/period.ts';
import type { PeriodReport } from '#shared/report/period-report.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import type { Journal, NotAccepted } from '#renderer/sync/sync-store.ts';
import type { AttachmentLine } from '#renderer/attachments/attachment-line.ts';
import type { KeptAttachment } from '#renderer/attachments/attachments.ts';
import type { WaitingFiles } from '#renderer/attachments/waiting-files.ts';
import type { PhotoLine } from '#renderer/sync/fetch-transport.ts';
import type { Transport } from '#renderer/sync/transport.ts';
import type {
  Alarm,
  CommandResult,
  ConsoleStore,
  Dimension,
  Lane,
  QueuePage,
  QueueQuery,
  QueueRow,
  StoreChange,
  SyncStatus,
} from './console-store.ts';
import type { Counted } from './count-rows.ts';
import { databaseName } from './database.ts';
import { LocalConsoleStore } from './local-console-store.ts';
import type { PhotoSpare } from './photo-spare.ts';
import type { KeptPhoto } from './photos.ts';
import { Ownership } from './owner.ts';
import type { Call } from './owner.ts';

export interface WorkerParts {
  readonly transport: Transport;
  readonly photos: PhotoLine;
  /** Opens the second copy of a profile's unsent photos. */
  readonly spare: (profile: string) => Promise<PhotoSpare>;
  readonly attachments: AttachmentLine;
  /** Opens the place of a profile's files that wait for the centre. */
  readonly waitingFiles: (profile: string) => Promise<WaitingFiles>;
  readonly appVersion: string;
  /** Opens the journal of a profile: a file of the origin, or the shell's. */
  readonly journal: (profile: string) => Promise<Journal>;
}

/** Methods that are carried to the owner by name. */
type Carried = Exclude<keyof ConsoleStore, 'open' | 'close' | 'subscribe'>;

/**
 * {@link ConsoleStore} of one window's worker: itself the owner of the database, or a client of the one that
 * is.
 */
export class WorkerStore implements ConsoleStore {
  readonly #parts: WorkerParts;
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #ownership: Ownership | null = null;
  #local: LocalConsoleStore | null = null;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  async open(session: Session): Promise<void> {
    await this.close();
    const name = databaseName(session.region.code, session.account.id);
    const ownership: Ownership = new Ownership({
      name,
      own: async () => {
        this.#local = await LocalConsoleStore.open({
          session,
          transport: this.#parts.transport,
          photos: this.#parts.photos,
          spare: await this.#parts.spare(name),
          attachments: this.#parts.attachments,
          waitingFiles: await this.#parts.waitingFiles(name),
          journal: await this.#parts.journal(name),
          appVersion: this.#parts.appVersion,
          now: () => Date.now(),
          onChange: (change) => ownership.tell(change),
        });
      },
      answer: (call, isAgain) => this.#answer(call, isAgain),
      onChange: (change) => this.#listeners.forEach((listener) => listener(change)),
    });
    this.#ownership = ownership;
    await ownership.start();
  }

  async close(): Promise<void> {
    const [local, ownership] = [this.#local, this.#ownership];
    this.#local = null;
    this.#ownership = null;
    await local?.close();
    ownership?.close();
  }

  async subscribe(listener: (change: StoreChange) => void): Promise<void> {
    this.#listeners.add(listener);
  }

  status = (): Promise<SyncStatus> => this.#carry('status');
  queue = (query: QueueQuery, offset: number, limit: number): Promise<QueuePage> =>
    this.#carry('queue', query, offset, limit);
  placeOf = (query: QueueQuery, id: string): Promise<number | null> => this.#carry('placeOf', query, id);
  laneCounts = (): Promise<Readonly<Record<Lane, number>>> => this.#carry('laneCounts');
  incident = (id: string): Promise<Incident | null> => this.#carry('incident', id);
  byNumber = (number: number): Promise<string | null> => this.#carry('byNumber', number);
  dispatch = (id: string, command: Command): Promise<CommandResult> => this.#carry('dispatch', id, command);
  joined = (id: string): Promise<readonly Incident[]> => this.#carry('joined', id);
  similar = (id: string): Promise<readonly QueueRow[]> => this.#carry('similar', id);
  notAccepted = (): Promise<readonly NotAccepted[]> => this.#carry('notAccepted');
  dismissNotAccepted = (id: string): Promise<void> => this.#carry('dismissNotAccepted', id);
  dismissAlarm = (kind: Alarm['kind']): Promise<void> => this.#carry('dismissAlarm', kind);
  reference = (): Promise<readonly ReferenceRow[]> => this.#carry('reference');
  count = (from: number, to: number, by: readonly Dimension[]): Promise<readonly Counted[]> =>
    this.#carry('count', from, to, by);
  report = (request: ReportRequest, asOf: number): Promise<PeriodReport> =>
    this.#carry('report', request, asOf);
  behind = (
    request: ReportRequest,
    figure: string,
    asOf: number,
    offset: number,
    limit: number,
  ): Promise<QueuePage> => this.#carry('behind', request, figure, asOf, offset, limit);
  broadcastKit = (request: ReportRequest, agency: string, asOf: number): Promise<BroadcastKit> =>
    this.#carry('broadcastKit', request, agency, asOf);
  keepPhoto = (bytes: Uint8Array<ArrayBuffer>): Promise<KeptPhoto> => this.#carry('keepPhoto', bytes);
  photo = (hash: string): Promise<Uint8Array<ArrayBuffer> | null> => this.#carry('photo', hash);
  keepAttachment = (bytes: Uint8Array<ArrayBuffer>, name: string): Promise<KeptAttachment> =>
    this.#carry('keepAttachment', bytes, name);
  attachment = (incident: string, hash: string): Promise<Uint8Array<ArrayBuffer> | null> =>
    this.#carry('attachment', incident, hash);
  dismissAttachment = (hash: string): Promise<void> => this.#carry('dismissAttachment', hash);
  syncNow = (): Promise<void> => this.#carry('syncNow');

  #carry<M extends Carried>(method: M, ...args: Parameters<ConsoleStore[M]>): ReturnType<ConsoleStore[M]> {
    const ownership = must(this.#ownership, 'an open store');
    return ownership.call({ id: v7(), method, args, at: Date.now() }) as ReturnType<ConsoleStore[M]>;
  }

  /** A command whose owner died is looked for before it is done again: nobody answers a resident twice. */
  async #answer({ method, args, at }: Call, isAgain: boolean): Promise<unknown> {
    const local = must(this.#local, 'the store of the owner');
    if (isAgain && method === 'dispatch') {
      const [incident, command] = args as [string, Command];
      const done = await local.wasActed(incident, command, at);
      if (done !== null) return done;
    }
    const run = local[method as Carried] as (...given: readonly unknown[]) => Promise<unknown>;
    return run.apply(local, [...args]);
  }
}
