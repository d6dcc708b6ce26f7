import type { CallMessage } from './message.ts';
import type { MethodTable } from './method-table.ts';

/**
 * A message between windows. `R`: the result the listener waits for, `N`: news of the owner's. During an
 * upgrade windows of two builds share a database: forms that shipped stay, and are added to.
 */
export type WindowMessage<T extends MethodTable, R, N> =
  | CallMessage<T, R>
  | { readonly t: 'change'; readonly change: N }
  /** A new owner is ready: whoever still waits for a reply calls again. */
  | { readonly t: 'ready' }
  /** An owner that has no more than some of these methods is to close and let a newer window be it. */
  | { readonly t: 'hand_over'; readonly methods: readonly string[] }
  /** A window that waits asks whether the owner's worker runs; earlier builds do not answer. */
  | { readonly t: 'ping' }
  /** The answer of whoever has the lock, also while it opens or closes the database. */
  | { readonly t: 'here' };
