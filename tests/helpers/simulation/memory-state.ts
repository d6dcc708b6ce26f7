import type { Incident } from '#shared/domain/incident.ts';
import { FIRST_NUMBERS } from '#shared/domain/incident-number.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import type { ReferenceKind } from '#shared/protocol/sync.ts';
import { agenciesOf } from '#server/sync/incident-columns.ts';
import { scopeOf, type SyncSession } from '#server/sync/sync-session.ts';

export interface MemoryIncident {
  readonly row: Incident;
  readonly v: number;
}

export interface MemoryReference {
  readonly kind: ReferenceKind;
  readonly id: string;
  readonly row: unknown;
  readonly v: number;
  readonly deleted: boolean;
}

export interface MemoryCommand {
  readonly id: string;
  readonly clientId: string;
  readonly seq: number;
  readonly actor: string;
  readonly outcome: CommandOutcome;
  readonly v: number;
}

/** A line of the change log: who saw the incident before or after the change. */
export interface MemoryChange {
  readonly v: number;
  readonly id: string;
  readonly agencies: readonly string[];
}

/** The tables that the sync protocol is about, of one region; plain data, so that a copy is a backup. */
export interface MemoryState {
  epoch: string;
  v: number;
  /** Marks of revisions, each made at random when the revision is given. */
  marks: Map<number, string>;
  /** When it was last noticed that the state had been put back. */
  putBackAt: Instant | null;
  lastNumber: number;
  readonly incidents: Map<string, MemoryIncident>;
  /** Number and moment of each incident's events, in their order. */
  readonly moments: Map<string, readonly { readonly n: number; readonly at: Instant }[]>;
  readonly reference: Map<string, MemoryReference>;
  readonly log: MemoryChange[];
  readonly commands: Map<string, MemoryCommand>;
  readonly replays: { clientId: string; seq: number; commandId: string; v: number }[];
  readonly clients: Map<string, { readonly actor: string; lastSeq: number }>;
}

export const emptyState = (epoch: string): MemoryState => ({
  epoch,
  v: 0,
  marks: new Map(),
  putBackAt: null,
  lastNumber: FIRST_NUMBERS.usual - 1,
  incidents: new Map(),
  moments: new Map(),
  reference: new Map(),
  log: [],
  commands: new Map(),
  replays: [],
  clients: new Map(),
});

/** Row-level security of incidents, as migration 003 says it: an agency sees what was ever its own. */
export function isVisible(row: Incident, session: SyncSession): boolean {
  const { agency } = scopeOf(session);
  return agency === null || agency === undefined || agenciesOf(row).includes(agency);
}
