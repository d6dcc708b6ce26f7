import type { ImportanceTrial, TriedRule } from '#shared/domain/importance-trial.ts';
import type { TemplateUses } from '#shared/domain/templates/fitting.ts';
import type { OwnWordsReply } from '#shared/domain/templates/proposals.ts';
import type { Incident, PromiseControl } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { MovedDues, SettingsDraft } from '#shared/domain/moved-dues.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { TriedMessage } from '#shared/domain/route-trial.ts';
import type { StepName } from '#shared/domain/step.ts';
import type { Dimension } from '#shared/report/facts/cut.ts';
import type { BroadcastKit } from '#shared/report/kit/broadcast-kit.ts';
import type { PromiseLedger } from '#shared/report/kit/promise-ledger.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { AttachmentProgress, KeptAttachment } from '#renderer/data/attachments/attachments.ts';
import type { GesturePart, OnRefusal } from '#renderer/data/sync/outbox.ts';
import type { ShelvedCommand } from '#renderer/data/sync/shelved-command.ts';
import type { Alarm, EngineStatus, StoreChange } from '#renderer/data/sync/sync-status.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';
import { method, methodOnce, type ServiceOf } from '#renderer/data/rpc/method-table.ts';
import type { LeftBehind } from './left-behind.ts';
import type { KeptPhoto } from './photos.ts';

export type { Dimension };

/** Lanes of the queue: each is a set of steps or a condition, see `lanes.ts`. */
export const LANES = [
  'new',
  'mine',
  'agencies',
  'approval',
  'publishing',
  'satisfaction',
  'promised',
  'burning',
  'overdue',
  'all',
  'closed',
] as const;
export type Lane = (typeof LANES)[number];

/** A question the queue answers. Empty arrays and strings mean «any». */
export interface QueueQuery {
  readonly lane: Lane;
  readonly municipalities: readonly string[];
  readonly groups: readonly string[];
  readonly topics: readonly string[];
  readonly agencies: readonly string[];
  readonly networks: readonly string[];
  /** Words; every one must be found (stems), or a number of an incident. */
  readonly text: string;
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** `waiting`: whatever has stood longest at its step comes first; `promised`: the nearest promise. */
  readonly sort: 'due' | 'created' | 'newest' | 'waiting' | 'promised';
}

/** One line of the queue: enough to draw it, no more. */
export interface QueueRow {
  readonly id: string;
  readonly number: number | null;
  readonly step: StepName;
  readonly dueAt: Instant | null;
  /** Id of the policy that gives it; kept pages of an earlier release have none. */
  readonly duePolicy?: string | null;
  readonly createdAt: Instant;
  readonly group: string;
  readonly topic: string;
  readonly municipality: string;
  readonly settlement: string;
  readonly street: string;
  readonly house: string;
  readonly object: string;
  readonly network: string;
  readonly kind: string;
  readonly importance: string;
  readonly agency: string | null;
  readonly holder: string | null;
  readonly text: string;
  readonly tags: readonly string[];
  /** Commands of this workstation not yet shown by the feed. */
  readonly pending: number;
  /** Messages of the author after the last published reply. */
  readonly unread: number;
  /** Who wrote the reply being worked on, if there is one. */
  readonly replyBy: string | null;
  /** When it came to its step; kept pages of an earlier release have none. */
  readonly since?: Instant;
  /** Kept pages of an earlier release have none. */
  readonly promise?: RowPromise | null;
}

/** The open promise of an incident that falls due first, with the sentence that makes it. */
export interface RowPromise extends Pick<PromiseControl, 'due' | 'precision'> {
  readonly quote: string;
}

export interface QueuePage {
  readonly total: number;
  readonly rows: readonly QueueRow[];
}

/** The whole status of this workstation, of which the sync engine tells all but its attached files. */
export interface SyncStatus extends EngineStatus {
  /** Attached files of this workstation that the centre does not have yet, or does not take. */
  readonly attachments: readonly AttachmentProgress[];
}

/**
 * `id` is the incident's or the record's; `undo` the id of the command, where its author may take it back.
 */
export type CommandResult =
  | { readonly ok: true; readonly id: string; readonly undo: string | null }
  | { readonly ok: false; readonly refusal: Refusal };

/** Run by the worker of the window that calls. */
const WINDOW_METHODS = {
  /**
   * Opens (or creates) the local copy of this account and region and starts syncing. Resolves when the queue
   * can be read.
   */
  open: method<[session: Session], void>(),
  close: method<[], void>(),
};

/** Run by the worker that owns the database; other windows' workers hand their calls to it. */
export const OWNER_METHODS = {
  status: method<[], SyncStatus>(),
  queue: method<[query: QueueQuery, offset: number, limit: number], QueuePage>(),
  /** The place of an incident in the queue of this question, however far down; null when it is not in it. */
  placeOf: method<[query: QueueQuery, id: string], number | null>(),
  laneCounts: method<[], Readonly<Record<Lane, number>>>(),
  incident: method<[id: string], Incident | null>(),
  byNumber: method<[number: number], string | null>(),
  /**
   * Runs a command on an incident or a record here at once and queues it; resolves when both copies
   * (IndexedDB and journal) are on disk.
   */
  dispatch: methodOnce<[id: string, command: Command], CommandResult>(),
  /**
   * Runs the commands of one gesture, in this order and stored in one transaction, as {@link dispatch} does
   * one; answers each. Where a refusal ends the gesture, nothing is stored and every answer is that refusal.
   */
  dispatchTogether: methodOnce<
    [parts: readonly GesturePart[], onRefusal: OnRefusal],
    readonly CommandResult[]
  >(),
  /**
   * Open or recent incidents that look like this one (same author, same address and topic, near-identical
   * text).
   */
  similar: method<[id: string], readonly QueueRow[]>(),
  /** Incidents whose messages were joined to this one, the oldest first, with those joined to them before. */
  joined: method<[id: string], readonly Incident[]>(),
  /** Others whose reply waits for approval and says the same as this one's, the longest wait first. */
  sameReplies: method<[id: string], readonly Incident[]>(),
  /** The replies that the authors of other messages got last, at most fifty. */
  lastReplies: method<[besides: string], readonly string[]>(),
  /** The replies approved last that were begun without a template, at most three hundred. */
  ownWordsReplies: method<[], readonly OwnWordsReply[]>(),
  /** How many messages of this copy were answered with each template, by its id. */
  templateUses: method<[], TemplateUses>(),
  notAccepted: method<[], readonly NotAccepted[]>(),
  dismissNotAccepted: method<[id: string], void>(),
  /** Commands that the centre never answers, put aside until their author decides. */
  shelved: method<[], readonly ShelvedCommand[]>(),
  retryShelved: method<[id: string], void>(),
  withdrawShelved: method<[id: string], void>(),
  /** Work of dismissed people on this workstation that nobody carries out any more. */
  leftBehind: method<[], readonly LeftBehind[]>(),
  dismissAlarm: method<[kind: Alarm['kind']], void>(),
  /** Reference rows, with this workstation's pending saves of records laid over. */
  reference: method<[], readonly ReferenceRow[]>(),
  /** The deadlines of this copy that a change of calendar or policies would move; nothing is stored. */
  movedDeadlines: method<[draft: SettingsDraft], MovedDues>(),
  /**
   * A columns-wide count for pictures, months and breakdowns: messages created in [from, to) by one or two
   * dimensions.
   */
  count: method<
    [from: Instant, to: Instant, by: readonly Dimension[]],
    readonly { readonly key: readonly string[]; readonly count: number }[]
  >(),
  /** The messages created in [from, to), by which topics and routes are tried. */
  triedMessages: method<[from: Instant, to: Instant], readonly TriedMessage[]>(),
  /** Tries a rule of importance beside the others on the messages created in [from, to). */
  importanceTrial: method<[tried: TriedRule, from: Instant, to: Instant], ImportanceTrial>(),
  /** The summary of a period from this copy, as of a moment: the present, or when the connection was lost. */
  report: method<[request: ReportRequest, asOf: Instant], PeriodReport>(),
  /**
   * Exactly the incidents a figure of that summary counts (its `data-figure`), oldest first, as rows of the
   * queue.
   */
  behind: method<
    [request: ReportRequest, figure: string, asOf: Instant, offset: number, limit: number],
    QueuePage
  >(),
  /** The questions an agency is asked most in a period, in residents' words and without their names. */
  broadcastKit: method<[request: ReportRequest, agency: string, asOf: Instant], BroadcastKit>(),
  /** The promises that fall due in a period, by agency and street. */
  promiseLedger: method<[request: ReportRequest, asOf: Instant], PromiseLedger>(),
  /**
   * Takes in a photo of an example case, made small before; resolves when it is on disk. It is sent with the
   * record that names it.
   */
  keepPhoto: method<[bytes: Uint8Array<ArrayBuffer>], KeptPhoto>({ moves: 'arguments' }),
  /** A photo's bytes from here or from the centre; null while it can be had from neither. */
  photo: method<[hash: string], Uint8Array<ArrayBuffer> | null>(),
  /**
   * Takes in a file to be attached, without what tells of its taking; resolves when it is on disk. It is
   * handed in when a command names it.
   */
  keepAttachment: method<[bytes: Uint8Array<ArrayBuffer>, name: string], KeptAttachment>({
    moves: 'arguments',
  }),
  /** The bytes of an incident's file from here or from the centre; null while it can be had from neither. */
  attachment: method<[incident: string, hash: string], Uint8Array<ArrayBuffer> | null>({ moves: 'result' }),
  /** Forgets a file that the centre does not take; its bytes are gone from here. */
  dismissAttachment: method<[hash: string], void>(),
  syncNow: method<[], void>(),
};

/**
 * The one table of the store's methods: what a method takes and gives, where it runs, how a call of it is
 * repeated and which bytes move with it. A method is a line here and its implementation
 * (the owner's: `local-console-store.ts`). All of them work offline.
 */
export const STORE_METHODS = { ...WINDOW_METHODS, ...OWNER_METHODS };

/** The console's whole local store as the screens have it; it lives in a worker. */
export type ConsoleStore = ServiceOf<typeof STORE_METHODS> & {
  /** Calls `listener` on every change from now on, at most about 20 times a second. */
  subscribe(listener: (change: StoreChange) => void): void;
};
