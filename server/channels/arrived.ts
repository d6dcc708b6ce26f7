import type { Incoming } from './network.ts';

/** What a connector may say of a message besides; one that says nothing of it is understood as well. */
export interface Arrived extends Incoming {
  /** A post that a resident suggests and the page has not shown yet. */
  readonly isSuggested?: boolean;
  /** Addresses of its photos, each in its largest size. */
  readonly media?: readonly string[];
}
