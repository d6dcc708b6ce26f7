import type { Instant } from '#shared/domain/instant.ts';
import type { Failure } from './failure.ts';
import type { Connection } from './sync-status.ts';

/**
 * Failures in a row before the network is called away, or the centre unable to work; the system's word makes
 * the network so at once.
 */
export const BLIPS = 2;

/** The circumstances of a failure. */
interface Circumstances {
  readonly before: Connection;
  /** Which failure in a row it is, from 1. */
  readonly attempt: number;
  readonly now: Instant;
  readonly retryAt: Instant;
  readonly isOnline: boolean;
}

/** Gives the connection to show after a failure. */
export function connectionAfter(failure: Failure, circumstances: Circumstances): Connection {
  const { before, attempt, now, retryAt, isOnline } = circumstances;
  switch (failure.kind) {
    case 'network':
      if (failure.isSlow === true) return { state: 'connecting', attempt, retryAt, isSlow: true };
      if (isOnline && attempt <= BLIPS) return { state: 'connecting', attempt, retryAt };
      return { state: 'offline', since: before.state === 'offline' ? before.since : now, retryAt };
    case 'busy':
    case 'resync':
    case 'gap':
      return { state: 'connecting', attempt, retryAt };
    case 'unauthenticated':
      return { state: 'needs_login' };
    case 'forbidden':
    case 'foreign':
    case 'too_old':
    case 'too_new':
      return { state: 'failed', kind: failure.kind, message: '' };
    case 'unreadable':
    case 'nonsense':
      return { state: 'failed', kind: failure.kind, message: failure.message };
    default:
      return failure satisfies never;
  }
}
