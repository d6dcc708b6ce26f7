import type { Instant } from '#shared/domain/instant.ts';
import type { Failure } from './failure.ts';
import type { Connection } from './sync-status.ts';
import type { BootstrapPlace } from './sync-store.ts';

/** Known in every state. */
export interface Always {
  /** Shown on the screens. */
  readonly connection: Connection;
  /** Failures in a row since the last round that ended well. */
  readonly attempt: number;
  /** When the copies were last found to agree, or were made to; null before the first time. */
  readonly comparedAt: Instant | null;
  /** Pushes that failed in a row while the API answered other questions, and when the next one is due. */
  readonly pushPause: { readonly failures: number; readonly until: Instant } | null;
}

/** The link to the API, from the answer to a hello until the next failure. */
export interface Link {
  /** The part that the first download has reached. */
  readonly part: BootstrapPlace['part'];
  /** The copy was forgotten over this link and is not complete again. */
  readonly isRebuilt: boolean;
  /** The stream of pokes beside the exchange. `attempt`: which connection of it is tried or stands. */
  readonly stream: { readonly isStanding: boolean; readonly attempt: number };
}

/** `idle`: not begun. `pausing`: after a failure, until it is time to greet again. `stopped`: for good. */
export interface QuietState extends Always {
  readonly activity: 'idle' | 'pausing' | 'stopped';
}

/** A hello is under way. `isHurried`: a failure is to be followed by the next one at once. */
export interface GreetingState extends Always {
  readonly activity: 'greeting';
  readonly isHurried: boolean;
  /** Null but for a link whose copy is of no use: then its rows are forgotten once the API has answered. */
  readonly link: Link | null;
}

/** A round of the exchange. `isWoken`: something came up that it may have missed. */
export interface RoundState extends Always {
  readonly activity: 'pushing' | 'pulling' | 'downloading' | 'comparing';
  readonly isWoken: boolean;
  readonly isHurried: boolean;
  /** More is left to send: after a page of what others did it is its turn again. */
  readonly hasUnsent: boolean;
  readonly link: Link;
}

/** Nothing to send and nothing to fetch that is known of. */
export interface RestingState extends Always {
  readonly activity: 'resting';
  readonly link: Link;
}

export type SessionState = QuietState | GreetingState | RoundState | RestingState;

/** The moment of an event: everything that a step needs to know of the world. */
export interface Moment {
  readonly now: Instant;
  /** Uniform in [0, 1). */
  readonly draw: number;
  /** The system believes that there is a network; a hint only. */
  readonly isOnline: boolean;
}

/** Something that happens to a session. */
export type Happening =
  | { readonly kind: 'started' | 'stopped' }
  /** There is something to send. */
  | { readonly kind: 'woken' }
  /** A person asks, has logged in again, or the network came back: no pause makes sense any more. */
  | { readonly kind: 'hurried' }
  /** The stream of pokes stands, or tells that there is something to pull; it ended. */
  | { readonly kind: 'poked' | 'stream_ended' }
  /** The time of `rest` is over. */
  | { readonly kind: 'rested' }
  /** Answers to effects of the same names. `part`: where the first download stands after the greeting. */
  | { readonly kind: 'greeted'; readonly part: BootstrapPlace['part'] }
  /** `failure`: what was sent was not answered; perhaps by its own fault. */
  | { readonly kind: 'pushed'; readonly hasMore: boolean; readonly failure?: Failure }
  | { readonly kind: 'pulled'; readonly hasMore: boolean }
  /** `isSlow`: the page was long on its way. */
  | { readonly kind: 'downloaded'; readonly place: BootstrapPlace; readonly isSlow?: boolean }
  /** `isConclusive`: false when one side went on meanwhile, so that nothing could be said. */
  | { readonly kind: 'compared'; readonly isConclusive: boolean }
  /** Whatever was under way could not be done. */
  | { readonly kind: 'failed'; readonly failure: Failure };

export type SessionEvent = Happening & Moment;

/** Something the engine is to do. All but `follow` and `unfollow` end in one event each. */
export type SessionEffect =
  | { readonly kind: 'hello'; readonly isRebuilding: boolean }
  | { readonly kind: 'push' | 'pull' | 'download' | 'compare' }
  /** Wait; taken back by any other effect. */
  | { readonly kind: 'rest'; readonly ms: number }
  /** Follow the stream of pokes, after so long; whatever it says is an event. */
  | { readonly kind: 'follow'; readonly afterMs: number }
  | { readonly kind: 'unfollow' };

export type SessionStep = readonly [state: SessionState, effects: readonly SessionEffect[]];
