import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Again } from '#shared/protocol/envelope.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import type { ReferenceKind, ReferenceRow } from '#shared/protocol/sync.ts';

/**
 * A command in the outbox. `queued`: not sent, or sent and unanswered. `sent`: the API has an outcome, the
 * feed has not shown it yet. `quarantined`: the API could not even read it (400/413); the rest of the queue
 * goes on around it. `shelved`: the API never answered it while it answered others; it is not sent until its
 * author says so. `behind`: it depends on a shelved one and waits with it. `withdrawn`: shelved and taken
 * back, of which the API is told. `waiting`: the API lets it wait for what it depends on, and the rest goes
 * on as well.
 */
export interface PendingCommand {
  readonly id: string;
  /**
   * Gapless per client, given inside the transaction that stores the item; below 0 for what stands aside
   * (numbering.ts).
   */
  readonly seq: number;
  readonly actor: string;
  readonly incident: string;
  /** `route@1` */
  readonly name: string;
  readonly args: unknown;
  readonly at: Instant;
  /**
   * The offset `at` was made with while nobody had measured it: `at` is set right when it is. Left out where
   * it was measured.
   */
  readonly guessedOffset?: number;
  /** With a guessed offset: how often the clock has leapt forward since, set or after a sleep. */
  readonly leaps?: number;
  /** Version of the confirmed row when the command was given; outboxes of earlier releases have none. */
  readonly confirmed?: number;
  readonly baseVersion: number;
  readonly state: 'queued' | 'sent' | 'quarantined' | 'shelved' | 'behind' | 'withdrawn' | 'waiting';
  /** Of a shelved one: how often it was sent alone, and the HTTP status of the last answer, if any came. */
  readonly shelved?: { readonly attempts: number; readonly status: number | null };
  /** Set on what is offered again after the API's database was put back. */
  readonly again?: Again;
}

/** A command the API refused or holds: shown until a person deals with it, with all that was typed. */
export interface NotAccepted {
  readonly id: string;
  readonly incident: string;
  readonly name: string;
  readonly args: unknown;
  readonly at: Instant;
  readonly actor: string;
  readonly decidedAt: Instant;
  readonly why:
    | { readonly kind: 'refused'; readonly refusal: Refusal }
    | { readonly kind: 'held'; readonly reason: string }
    | { readonly kind: 'quarantined'; readonly message: string };
}

/**
 * The place of the first download: its part (`done` when the archive is here too) and how far it is in it.
 */
export interface BootstrapPlace {
  readonly part: 'reference' | 'open' | 'closed' | 'done';
  /** The last id that has come; '' at the beginning of a part. */
  readonly after: string;
  readonly rows: number;
  readonly estimate: number;
}

/** A command to be stored. A command about a record has no view: see `withPending`. */
export interface Enqueued {
  readonly item: Omit<PendingCommand, 'seq' | 'state'>;
  /** The incident after it. */
  readonly view: Incident | null;
  /** The incident before it; null when there was none. */
  readonly base: Incident | null;
  /** It depends on a command that stands aside, and so does it. */
  readonly isBehind?: boolean;
}

/**
 * A row of the centre that this console could not take in; the others went on without it. `id` is '' where
 * not even that could be read. `version`: the one that failed; null when it is to be asked for again.
 */
export interface SetAside {
  readonly id: string;
  readonly number: number | null;
  readonly version: number | null;
}

/** The sync engine's memory between starts. */
export interface SyncMeta {
  readonly clientId: string;
  readonly nextSeq: number;
  readonly epoch: string | null;
  readonly scopeHash: string;
  /** Revision up to which the local copy agrees with the API. */
  readonly cursor: number;
  /** The API's mark of that revision; null or left out where it gave none. */
  readonly mark?: string | null;
  /**
   * Where the API stood when the download was agreed upon, for as long as `cursor` is 0: a database that was
   * put back between the greeting and the first page is noticed by it. Copies of earlier releases have none.
   */
  readonly greetedAt?: SeenRevision | null;
  readonly bootstrap: BootstrapPlace;
  /** API's clock minus this workstation's, ms; for display and for stamping `at`. */
  readonly clockOffset: number;
  /**
   * By how much the clock leapt forward, each time since it was last measured, ms: it was set, or the machine
   * slept.
   */
  readonly clockLeaps?: readonly number[];
  /** Copies of earlier releases have none. */
  readonly setAside?: readonly SetAside[];
  /** The version of the console that set them aside. */
  readonly readBy?: string;
}

/** One atomic step forward of the local copy. Everything in it is stored in one transaction or not at all. */
export interface Applied {
  /** Rows as the screen shows them (confirmed state with pending commands replayed on top). */
  readonly views: readonly Incident[];
  /**
   * Confirmed rows of incidents that still have pending commands; `null` when the API does not know the
   * incident yet.
   */
  readonly bases: readonly { readonly id: string; readonly base: Incident | null }[];
  /** Incidents with no pending command left: their base copy is dropped, the view is the truth. */
  readonly withoutPending: readonly string[];
  /** Incidents that went out of sight or existence. */
  readonly gone: readonly string[];
  readonly reference: readonly ReferenceRow[];
  readonly referenceGone: readonly { readonly kind: ReferenceKind; readonly id: string }[];
  /** Outbox items that leave it, and what becomes visible in their place. */
  readonly leave: readonly string[];
  readonly notAccepted: readonly NotAccepted[];
  readonly meta: Partial<SyncMeta>;
}

/**
 * The local database as the sync engine needs it: a port with two implementations, Dexie in the console and
 * plain memory in the simulation, held to the same behaviour by one conformance suite
 * (tests/unit/renderer/sync-store-conformance.ts).
 */
export interface SyncStore {
  meta(): Promise<SyncMeta>;
  setMeta(change: Partial<SyncMeta>): Promise<void>;
  /** The incident as the screen shows it. */
  view(id: string): Promise<Incident | null>;
  views(ids: readonly string[]): Promise<ReadonlyMap<string, Incident>>;
  /**
   * The confirmed row kept aside while commands are pending; `undefined` when none is kept (then the view is
   * confirmed).
   */
  base(id: string): Promise<Incident | null | undefined>;
  /** All outbox items in the order of `seq`. */
  outbox(): Promise<readonly PendingCommand[]>;
  /**
   * Stores the commands of one gesture, the confirmed rows (once, on the first pending command) and the new
   * views in ONE strict-durability transaction; gives the items with their `seq`, in this order. Must
   * serialise with `apply`.
   */
  enqueue(entries: readonly Enqueued[]): Promise<readonly PendingCommand[]>;
  markOutbox(ids: readonly string[], state: PendingCommand['state']): Promise<void>;
  /** Puts items in place of those of their ids, in ONE strict transaction; those that left stay away. */
  restamp(items: readonly PendingCommand[]): Promise<void>;
  /**
   * Begins a new client id: in ONE strict transaction the outbox becomes exactly these items, numbered anew
   * (numbering.ts) in this order, and `clientId` and `nextSeq` follow. Rows, views, bases and not-accepted
   * stay as they are. Needed when the API's count of this client's commands and ours have parted (a restored
   * database on either side), because a seq can never be reused, and when a command is shelved.
   */
  adoptClient(clientId: string, items: readonly Omit<PendingCommand, 'seq'>[]): Promise<void>;
  /** One page of the feed, or of a repair, in one transaction. */
  apply(step: Applied): Promise<void>;
  /**
   * A page of the first download: rows nobody has touched here yet (views of pending ones are left alone).
   * Packed, fast.
   */
  load(rows: readonly Incident[], meta: Partial<SyncMeta>): Promise<void>;
  /** Ids with versions of every confirmed row, for digests. */
  versions(): AsyncIterable<readonly { readonly id: string; readonly version: number }[]>;
  notAccepted(): Promise<readonly NotAccepted[]>;
  dismissNotAccepted(id: string): Promise<void>;
  reference(): Promise<readonly ReferenceRow[]>;
  /**
   * Forgets all confirmed rows (another epoch or scope); outbox, bases, not-accepted and views of pending
   * commands stay.
   */
  forgetRows(): Promise<void>;
}

/** The known end of a journalled command: `open` until the feed has shown its outcome. */
export type JournalState = 'open' | 'accepted' | 'refused' | 'dismissed';

/** A journalled command with the client id it was numbered under. */
export interface JournalEntry extends PendingCommand {
  readonly clientId: string;
  readonly known: JournalState;
}

/** The second copy of every action, outside IndexedDB: flushed append-only lines. */
export interface Journal {
  /**
   * Resolves when the lines are on disk. A command that is here already is open again: notes of outcomes
   * under an older client id count no more.
   */
  append(items: readonly PendingCommand[], clientId: string): Promise<void>;
  /**
   * Notes outcomes, told under this client id. May be lost in a crash: a command offered twice is still
   * decided once.
   */
  noteEnds(ids: readonly string[], known: JournalState, clientId: string): Promise<void>;
  /**
   * Every item ever journalled and not yet pruned, in the order of (client id, seq); client ids are uuid v7
   * and so in order of time.
   */
  read(): Promise<readonly JournalEntry[]>;
  /**
   * True when a local copy was once filled beside this journal: with an empty IndexedDB it means that it
   * was lost.
   */
  wasFilled(): Promise<boolean>;
  markFilled(): Promise<void>;
  /** Drops entries; rewrites the file safely. */
  prune(keep: (entry: JournalEntry) => boolean): Promise<void>;
  /**
   * Goes on in new files beside those that are left. To be called when somebody else may have removed them:
   * what is written into a removed file is gone.
   */
  reopen(): Promise<void>;
  /** Lets go of its file, for another worker to tidy; the journal is not to be used again. */
  close(): Promise<void>;
}
