import type { MessageKind, Network as NetworkName } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { Secrets } from './secrets.ts';

/** An official page, its secrets opened. */
export interface Channel {
  readonly region: string;
  readonly id: string;
  readonly network: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly certificate: string | null;
  readonly pageId: string;
  readonly watch: readonly string[];
  readonly active: boolean;
  readonly secrets: Secrets;
}

/** An event as it is stored, before anything is made of it. */
export interface RawEvent {
  readonly key: string;
  readonly kind: string;
  readonly raw: string;
}

/** What a callback gets: at once, or as soon as its event is stored. */
export type Received =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  | { readonly kind: 'event'; readonly event: RawEvent; readonly text: string };

/** A message of a resident. `key`: the network's own name for it. */
export interface Incoming {
  readonly key: string;
  readonly thread: string;
  readonly at: Instant;
  readonly text: string;
  readonly network: NetworkName;
  readonly messageKind: MessageKind;
  readonly url: string;
  readonly placeUrl: string;
  readonly hasMedia: boolean;
  readonly author: { readonly name: string; readonly url: string };
  readonly target: Target;
}

/** Where an answer goes: under a post (to a comment, if any), or into a conversation. Ids are decimal. */
export type Target =
  | {
      readonly kind: 'comment';
      readonly owner: string;
      readonly post: string;
      readonly comment: string | null;
    }
  | { readonly kind: 'direct'; readonly peer: string };

/** What a stored event says. `skip` names the reason, which the log shows. */
export type Parsed =
  | { readonly kind: 'message'; readonly message: Incoming }
  | { readonly kind: 'edited'; readonly message: Incoming }
  | { readonly kind: 'deleted'; readonly key: string }
  | { readonly kind: 'skip'; readonly reason: 'own' | 'service' }
  | { readonly kind: 'unknown' };

/** A reply on its way. `key` is the same at every attempt. */
export interface Outgoing {
  readonly key: string;
  readonly text: string;
  readonly target: Target;
}

/** How an attempt ended. `wait`: the network asks for patience (milliseconds). `needs_you`: only a person can help. */
export type Sent =
  | { readonly kind: 'sent'; readonly link: string }
  | { readonly kind: 'wait'; readonly ms: number; readonly problem: string }
  | { readonly kind: 'needs_you'; readonly problem: string; readonly trouble: ChannelProblem | null }
  | { readonly kind: 'unclear'; readonly problem: string };

/** Waits until this token may be used again, at most so many times a second over all API processes. */
export type Pace = (token: string, perSecond: number) => Promise<void>;

/** A network behind one small interface. Receiving stores, `read` makes sense of it later: a mended `read` can be run again. */
export interface NetworkConnector {
  /** Whether the network knows a repeat of `send` by its key, so that an unclear attempt may be made again. */
  readonly knowsRepeats: boolean;
  receive(channel: Channel, body: string): Received;
  read(channel: Channel, event: RawEvent): Parsed;
  /** What the network has now and a callback may have missed, as events of its own. Empty without the token it takes. */
  catchUp(channel: Channel, pace: Pace): AsyncIterable<RawEvent>;
  send(channel: Channel, reply: Outgoing, pace: Pace): Promise<Sent>;
  check(channel: Channel, pace: Pace): Promise<readonly ChannelProblem[]>;
}
