import type { Actor } from '#shared/domain/actor.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';

/** The API's side of one history: a region of its own, and a look behind the scenes for the oracle. */
export interface SimulatedRegion {
  readonly code: string;
  /** Ids of the incidents that are there from the start. */
  readonly incidents: readonly string[];
  /** How this account reaches the API, without any fault. */
  transport(actor: Actor, now: () => Instant): Transport;
  /** Comes back from a backup of this very moment: another epoch, the same rows. */
  renewEpoch(): Promise<void>;
  rows(): Promise<ReadonlyMap<string, Incident>>;
  /** Every decided command, in the order of decision. */
  outcomes(): Promise<ReadonlyMap<string, CommandOutcome['status']>>;
  /** Head of the clock, and every revision of which the feed, the commands or the events speak. */
  revisions(): Promise<{ readonly head: number; readonly seen: ReadonlySet<number> }>;
}
