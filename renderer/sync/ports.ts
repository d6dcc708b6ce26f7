import type { Actor } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { JournalFailed } from './journal-trouble.ts';
import type { ReferenceContexts } from './reference-context.ts';
import type { Journal, SyncStore } from './sync-store.ts';
import type { Transport } from './transport.ts';

/**
 * Runs one piece of work at a time, so that commands and pages of the feed never interleave. Never held while
 * waiting for the network.
 */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

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
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** A new uuid v7. */
  readonly newId: () => string;
  readonly exclusive: Exclusive;
  /** Told of what could not be done quietly. */
  readonly onTrouble: (trouble: Trouble) => void;
}

/** Things a person must hear of; the glue turns them into alarms. */
export type Trouble =
  | JournalFailed
  | { readonly kind: 'database_lost'; readonly reimported: number }
  | { readonly kind: 'copies_differed'; readonly repaired: number };

/** An {@link Exclusive} for one thread: each piece waits for the one before it, whatever became of that. */
export function queueExclusive(): Exclusive {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
