import type { ImportanceTrial, TriedRule } from '#shared/domain/importance-trial.ts';
import type { TemplateUses } from '#shared/domain/templates/fitting.ts';
import type { OwnWordsReply } from '#shared/domain/templates/proposals.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { TriedMessage } from '#shared/domain/route-trial.ts';
import type { MovedDues, SettingsDraft } from '#shared/domain/moved-dues.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import type { BroadcastKit } from '#shared/report/kit/broadcast-kit.ts';
import type { PromiseLedger } from '#shared/report/kit/promise-ledger.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import type { KeptAttachment } from '#renderer/data/attachments/attachments.ts';
import type { ServiceOf } from '#renderer/data/rpc/method-table.ts';
import type { Dispatched, GesturePart, OnRefusal } from '#renderer/data/sync/outbox.ts';
import type { ShelvedCommand } from '#renderer/data/sync/shelved-command.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';
import type {
  CommandResult,
  Dimension,
  Lane,
  OWNER_METHODS,
  QueuePage,
  QueueQuery,
  QueueRow,
  SyncStatus,
} from './console-store.ts';
import type { Alarm } from '#renderer/data/sync/sync-status.ts';
import type { RowCount } from './count-rows.ts';
import type { LeftBehind } from './left-behind.ts';
import type { LocalServices } from './local-services.ts';
import type { KeptPhoto } from './photos.ts';

const resultOf = (dispatched: Dispatched): CommandResult =>
  dispatched.ok
    ? { ok: true, id: dispatched.incident, undo: dispatched.canUndo ? dispatched.id : null }
    : dispatched;

/** The methods of the worker that owns the database. */
export class LocalConsoleStore implements ServiceOf<typeof OWNER_METHODS> {
  readonly #services: LocalServices;

  constructor(services: LocalServices) {
    this.#services = services;
  }

  /** A photo or a file that waits is unsent work like any command. */
  async status(): Promise<SyncStatus> {
    const status = await this.#services.engine.status();
    const attachments = this.#services.attachments.waiting;
    const files = attachments.filter(({ refused }) => refused === null).length;
    return { ...status, unsent: status.unsent + this.#services.photos.waiting + files, attachments };
  }

  keepAttachment(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<KeptAttachment> {
    return this.#services.attachments.keep(bytes, name);
  }

  attachment(incident: string, hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#services.attachments.read(incident, hash);
  }

  broadcastKit(request: ReportRequest, agency: string, asOf: number): Promise<BroadcastKit> {
    return this.#services.reports.kit(request, agency, asOf, (ids) => this.#services.store.views(ids));
  }

  promiseLedger(request: ReportRequest, asOf: number): Promise<PromiseLedger> {
    return this.#services.reports.ledger(request, asOf, (ids) => this.#services.store.views(ids));
  }

  keepPhoto(bytes: Uint8Array<ArrayBuffer>): Promise<KeptPhoto> {
    return this.#services.photos.keep(bytes);
  }

  photo(hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#services.photos.read(hash);
  }

  dismissAttachment(hash: string): Promise<void> {
    return this.#services.attachments.dismiss(hash);
  }

  queue(query: QueueQuery, offset: number, limit: number): Promise<QueuePage> {
    return this.#services.queries.queue(query, offset, limit);
  }

  placeOf(query: QueueQuery, id: string): Promise<number | null> {
    return this.#services.queries.placeOf(query, id);
  }

  laneCounts(): Promise<Readonly<Record<Lane, number>>> {
    return this.#services.queries.laneCounts();
  }

  incident(id: string): Promise<Incident | null> {
    return this.#services.store.view(id);
  }

  byNumber(number: number): Promise<string | null> {
    return this.#services.queries.byNumber(number);
  }

  /** `id` of the result is the incident's: for `register` the one given, or a new one when it is empty. */
  async dispatch(incident: string, command: Command): Promise<CommandResult> {
    return resultOf(await this.#services.engine.dispatch(incident, command));
  }

  async dispatchTogether(
    parts: readonly GesturePart[],
    onRefusal: OnRefusal,
  ): Promise<readonly CommandResult[]> {
    return (await this.#services.engine.dispatchTogether(parts, onRefusal)).map(resultOf);
  }

  joined(id: string): Promise<readonly Incident[]> {
    return this.#services.queries.joined(id);
  }

  sameReplies(id: string): Promise<readonly Incident[]> {
    return this.#services.queries.sameReplies(id);
  }

  lastReplies(besides: string): Promise<readonly string[]> {
    return this.#services.queries.lastReplies(besides);
  }

  ownWordsReplies(): Promise<readonly OwnWordsReply[]> {
    return this.#services.queries.ownWordsReplies();
  }

  templateUses(): Promise<TemplateUses> {
    return this.#services.queries.templateUses();
  }

  similar(id: string): Promise<readonly QueueRow[]> {
    return this.#services.queries.similar(id);
  }

  notAccepted(): Promise<readonly NotAccepted[]> {
    return this.#services.store.notAccepted();
  }

  shelved(): Promise<readonly ShelvedCommand[]> {
    return this.#services.engine.shelved();
  }

  retryShelved(id: string): Promise<void> {
    return this.#services.engine.retryShelved(id);
  }

  withdrawShelved(id: string): Promise<void> {
    return this.#services.engine.withdrawShelved(id);
  }

  leftBehind(): Promise<readonly LeftBehind[]> {
    return this.#services.leftBehind();
  }

  dismissNotAccepted(id: string): Promise<void> {
    return this.#services.engine.dismissNotAccepted(id);
  }

  async dismissAlarm(kind: Alarm['kind']): Promise<void> {
    this.#services.engine.dismissAlarm(kind);
  }

  reference(): Promise<readonly ReferenceRow[]> {
    return this.#services.reference();
  }

  movedDeadlines(draft: SettingsDraft): Promise<MovedDues> {
    return this.#services.queries.movedDeadlines(draft);
  }

  count(from: number, to: number, by: readonly Dimension[]): Promise<readonly RowCount[]> {
    return this.#services.queries.count(from, to, by);
  }

  importanceTrial(tried: TriedRule, from: number, to: number): Promise<ImportanceTrial> {
    return this.#services.queries.importanceTrial(tried, from, to);
  }

  triedMessages(from: number, to: number): Promise<readonly TriedMessage[]> {
    return this.#services.queries.triedMessages(from, to);
  }

  report(request: ReportRequest, asOf: number): Promise<PeriodReport> {
    return this.#services.reports.report(request, asOf);
  }

  async behind(
    request: ReportRequest,
    figure: string,
    asOf: number,
    offset: number,
    limit: number,
  ): Promise<QueuePage> {
    const ids = await this.#services.reports.behind(request, figure, asOf);
    return { total: ids.length, rows: await this.#services.queries.byIds(ids.slice(offset, offset + limit)) };
  }

  async syncNow(): Promise<void> {
    this.#services.engine.syncNow();
  }
}
