import type { Actor } from '#shared/domain/actor.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import type { Rights } from './accounts.ts';

/**
 * How a database comes back: the administrator's own way, by a copy of all as it was, or `npm run restore`,
 * which gives another epoch and has revisions and numbers go on above those of the backup.
 */
export const WAYS_BACK = ['copy', 'restore'] as const;
export type WayBack = (typeof WAYS_BACK)[number];

/** The API's side of one history: a region of its own, and a look behind the scenes for the oracle. */
export interface SimulatedRegion {
  readonly code: string;
  /** Ids of the incidents that are there from the start. */
  readonly incidents: readonly string[];
  /** How this account reaches the API, without any fault. */
  transport(actor: Actor, now: () => Instant): Transport;
  /** Gives an account other rights from now on. */
  setRights(account: string, rights: Rights): void;
  sessionOf(actor: Actor): SyncSession;
  /** Keeps a backup of this moment. */
  backUp(): Promise<void>;
  /** Comes back from the backup; false when there is none. */
  putBack(way: WayBack, now: Instant): Promise<boolean>;
  rows(): Promise<ReadonlyMap<string, Incident>>;
  /** Every decided command, in the order of decision. */
  outcomes(): Promise<ReadonlyMap<string, CommandOutcome['status']>>;
  /** Head of the clock, and every revision of which the feed, the commands or the events speak. */
  revisions(): Promise<{ readonly head: number; readonly seen: ReadonlySet<number> }>;
  /** The month's summary as the API makes it; null where there is nothing but its rows. */
  report(asOf: Instant): Promise<PeriodReport | null>;
  /** Complaints of an API that is watched while it answers. */
  complaints(): readonly string[];
}
