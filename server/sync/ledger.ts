import type { Incident } from '#shared/domain/incident.ts';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import type { RecordKind } from '#shared/domain/records/record-rules.ts';
import type { Surroundings } from '#shared/domain/records/surroundings.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import type { ReferenceChange } from './reference.ts';
import type { SettingLine } from './setting-change.ts';
import type { SentRow } from './lock-surroundings.ts';
import type { Replay } from './replay.ts';
import type { DecidedCommand, IncidentChange } from './store-changes.ts';

/** The state that a command is decided on. `isDisabled`: as it is now, not when the request began. */
export interface Known {
  /** The stored outcome of the command, when it was decided before. */
  readonly outcome: CommandOutcome | null;
  /** Revision of the settings that decisions look at. */
  readonly referenceV: number;
  readonly isDisabled: boolean;
  /** The revision that the console has seen is one of this database. */
  readonly isOurs: boolean;
  /** When it was last noticed that the database had been put back; null: never. */
  readonly putBackAt: Instant | null;
}

/**
 * Everything that deciding a command reads and writes, within one transaction and with the rights of one
 * session. PostgreSQL keeps it (postgres-ledger.ts); the simulation's model keeps one in memory, so that both
 * are judged by the same code.
 */
export interface Ledger {
  /** Gives the last seq of a workstation, this account's from now on; null when it is another's. */
  lockClient(clientId: string, now: Instant): Promise<number | null>;
  /** A command is known by its id alone: a console that lost its database has a new client id. */
  findKnown(command: string, seen: SeenRevision | null): Promise<Known>;
  /** The outcome's status of a command of this account; null when there is none. */
  statusOf(command: string): Promise<CommandOutcome['status'] | null>;
  /** The records of these ids that there are. */
  lockRecords(kind: RecordKind, ids: readonly string[]): Promise<ReadonlyMap<string, CentreRecord>>;
  /**
   * Gives what the judge of a record looks at, so that it stays true until the transaction ends: one setting
   * of a region is decided after another. Null for a kind that nobody judges.
   */
  lockSurroundings(kind: RecordKind, saved: readonly SentRow[], now: Instant): Promise<Surroundings | null>;
  lockIncidents(ids: readonly string[]): Promise<ReadonlyMap<string, Incident>>;
  settings(referenceV: number): Promise<CentreSettings>;
  /** The latest moment among the first `n` events of an incident; null when there are none. */
  lastMoment(incident: string, n: number): Promise<Instant | null>;
  storeReplay(replay: Replay): Promise<void>;
  /** Counts a command that is not decided yet. The clock stands. */
  countOnly(clientId: string, seq: number): Promise<void>;
  /** Tells whether a number is one given here before, and nobody's now. */
  isFreeNumber(number: number): Promise<boolean>;
  /** Stores all that a decision changes under one new revision, which it gives. */
  store(decided: DecidedChanges): Promise<number>;
}

export interface DecidedChanges {
  readonly change: IncidentChange | null;
  readonly records: readonly ReferenceChange[];
  readonly audit: SettingLine | null;
  readonly command: DecidedCommand;
  readonly now: Instant;
}

/** Where transactions begin: with the rights of one session. */
export interface Ledgers {
  /** Runs `work` in one transaction. Throws what the storage throws; nothing of it happened then. */
  transact<T>(work: (ledger: Ledger) => Promise<T>): Promise<T>;
  /** The region's revision now. */
  headV(): Promise<number>;
}
