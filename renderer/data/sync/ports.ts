import type { SerialQueue } from '#shared/async/serial-queue.ts';
import type { Actor } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { CentreClock } from './centre-clock.ts';
import type { JournalFailed } from './journal-trouble.ts';
import type { StartTimer } from './pause.ts';
import type { ReferenceContexts } from './reference-context.ts';
import type { Journal, SyncStore } from './sync-store.ts';
import type { Transport } from './transport.ts';

/**
 * Everything the engine touches. Time, randomness and ids are arguments, so that the simulation is
 * deterministic.
 */
export interface SyncPorts {
  readonly store: SyncStore;
  readonly journal: Journal;
  readonly transport: Transport;
  readonly contexts: ReferenceContexts;
  /** The account that works here; only its commands are pushed. */
  readonly actor: Actor;
  readonly now: () => Instant;
  readonly clock: CentreClock;
  readonly startTimer: StartTimer;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** A new uuid v7. */
  readonly newId: () => string;
  /** Keeps commands and pages of the feed from interleaving. Never held while waiting for the network. */
  readonly exclusive: SerialQueue;
  /** Told of what could not be done quietly. */
  readonly onTrouble: (trouble: Trouble) => void;
}

/** Things a person must hear of; the glue turns them into alarms. */
export type Trouble =
  | JournalFailed
  | { readonly kind: 'database_lost'; readonly reimported: number }
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'put_back'; readonly offered: number }
  | { readonly kind: 'copies_differed'; readonly repaired: number }
  | { readonly kind: 'rows_set_aside'; readonly rows: number; readonly names: string };
