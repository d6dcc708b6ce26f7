import type { Attachment } from '#shared/domain/attachment.ts';
import type { MessageKind, Network as NetworkName } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ChannelProblem, Reception } from '#shared/protocol/channels.ts';
import type { LookUp } from '#shared/protocol/look-up.ts';
import type { MessageLink } from '#shared/text/message-link.ts';
import type { BotWord } from './bot-word.ts';
import type { PageSecrets } from './page-secrets.ts';

/** An official page, its secrets opened. */
export interface Page {
  readonly region: string;
  readonly id: string;
  readonly network: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly certificate: string | null;
  readonly pageId: string;
  readonly watch: readonly string[];
  readonly active: boolean;
  /** `callback`: the network calls; `poll`: it has to be asked. */
  readonly reception: Reception;
  readonly secrets: PageSecrets;
  /** Shared with all API processes. */
  readonly pace: TokenPace;
}

/** A network's call. Header names are in lower case; bytes that are no UTF-8 have become U+FFFD. */
export interface NetworkCall {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** From the address that was called, where a network can be told one that holds it. */
  readonly secret?: string | null;
  readonly body: string;
}

/** An event as it is stored, before anything is made of it. */
export interface RawEvent {
  readonly key: string;
  readonly kind: string;
  readonly raw: string;
  /**
   * Names the message that several events bring in parts, as Telegram brings an album. They are read
   * together.
   */
  readonly album?: string | null;
}

/** The answer to a callback: at once, or as soon as its event is stored. */
export type ReceiveResult =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  | { readonly kind: 'event'; readonly event: RawEvent; readonly text: string };

/** A message of a resident. `key`: the network's own name for it. */
export interface IncomingMessage {
  readonly key: string;
  /** One author at one place: what he says there within the page's time is one case. */
  readonly thread: string;
  /** When it was written; null: its network does not say, and its arrival counts. */
  readonly at: Instant | null;
  /** His words, then in words what he shared instead of typing; '' when it holds nothing that can be told. */
  readonly text: string;
  readonly network: NetworkName;
  readonly messageKind: MessageKind;
  readonly url: string;
  readonly placeUrl: string;
  readonly hasMedia: boolean;
  /**
   * Addresses of its photos, each in its largest size; `channelFileAddress` where only the page can fetch
   * one.
   */
  readonly media?: readonly string[];
  /** A post that a resident suggests and the page has not shown yet. */
  readonly isSuggested?: boolean;
  readonly author: { readonly name: string; readonly url: string };
  readonly target: ReplyTarget;
}

/**
 * Where an answer goes: under a post (to a comment, if any), or into a conversation. Ids are the network's
 * own, as text.
 */
export type ReplyTarget =
  | {
      readonly kind: 'comment';
      readonly owner: string;
      readonly post: string;
      readonly comment: string | null;
    }
  | { readonly kind: 'direct'; readonly peer: string };

/** A stored event, understood. `skip` names the reason, which the log shows. */
export type ParsedEvent =
  | { readonly kind: 'message'; readonly message: IncomingMessage }
  | { readonly kind: 'edited'; readonly message: IncomingMessage }
  /** It was deleted and is there again. */
  | { readonly kind: 'restored'; readonly message: IncomingMessage }
  | { readonly kind: 'deleted'; readonly key: string }
  | {
      readonly kind: 'skip';
      readonly reason: 'own' | 'service' | 'repost' | 'elsewhere';
      /** The page's own trouble, as the event tells it. */
      readonly trouble?: ChannelProblem;
    }
  /** Said to the bot itself by somebody in a chat of their own; `called` is their name there. */
  | { readonly kind: 'bot_word'; readonly peer: string; readonly called: string; readonly word: BotWord }
  | { readonly kind: 'unknown' };

/** A reply on its way. `key` is the same at every attempt. */
export interface OutgoingText {
  readonly key: string;
  readonly text: string;
  readonly target: ReplyTarget;
}

/** A file that goes out with a reply; its bytes are read anew at every attempt, a part at a time. */
export interface OutgoingFile extends Pick<Attachment, 'type' | 'name' | 'size' | 'width' | 'height'> {
  readonly read: () => AsyncIterable<Uint8Array>;
}

/**
 * A reply with what goes out beside its words. Either all of it goes out or a person is called for: nothing
 * is left away.
 */
export interface OutgoingReply extends OutgoingText {
  readonly files: readonly OutgoingFile[];
}

/**
 * How an attempt ended. `wait`: the network asks for patience (milliseconds). `needs_you`: only a person can
 * help.
 */
export type SendResult =
  | { readonly kind: 'sent'; readonly link: string }
  | { readonly kind: 'wait'; readonly ms: number; readonly problem: string }
  | { readonly kind: 'needs_you'; readonly problem: string; readonly trouble: ChannelProblem | null }
  | { readonly kind: 'unclear'; readonly problem: string };

/**
 * A network's word on an address that somebody pasted. `copy`: by what our own copy of the message would
 * be found.
 */
export interface LookUpResult {
  readonly copy: { readonly key: string } | { readonly url: string } | null;
  readonly answer: LookUp;
}

/** Waits until this token may be used again, at most so many times a second over all API processes. */
export type TokenPace = (token: string, perSecond: number) => Promise<void>;

/**
 * Events that asking brought. `position` is where the next question begins; saying it tells the network that
 * all before is safe.
 */
export interface PollResult {
  readonly events: readonly RawEvent[];
  readonly position: string | null;
}

/**
 * A network behind one small interface. Receiving stores, `read` makes sense of it later: a mended `read` can
 * be run again.
 */
export interface NetworkConnector {
  /**
   * True when the network knows a repeat of `send` by its key, so that an unclear attempt may be made again.
   */
  readonly knowsRepeats: boolean;
  receive(page: Page, call: NetworkCall): ReceiveResult;
  /**
   * Asks for what came after `position` (null: from where the network itself remembers) and waits for it some
   * 25 s at most. The events are stored before the new position is said. Throws what {@link troubleOf}
   * explains. Missing: this network only calls.
   */
  poll?(page: Page, position: string | null, pace: TokenPace, stopping: AbortSignal): Promise<PollResult>;
  /**
   * Sees to it that the network calls this address and no stale one; networks end a subscription whose calls
   * fail for hours.
   */
  subscribe?(page: Page, callback: string, pace: TokenPace): Promise<void>;
  /** `album`: all stored events of the event's album, itself among them, in their order. */
  read(page: Page, event: RawEvent, album?: readonly RawEvent[]): ParsedEvent;
  /**
   * Gives what the network has now and a callback may have missed, as events of its own. Empty without the
   * token it takes.
   */
  catchUp(page: Page, pace: TokenPace): AsyncIterable<RawEvent>;
  send(page: Page, reply: OutgoingReply, pace: TokenPace): Promise<SendResult>;
  /**
   * Looks whether a reply that was possibly sent since this moment stands in the network, and gives its link;
   * null when it is not to be found, which proves nothing. For networks that know no repeats.
   */
  find?(page: Page, reply: OutgoingText, since: Instant, pace: TokenPace): Promise<string | null>;
  /**
   * Reads one message by its address; `no_page` and `not_ours` mean that another page of this network may be
   * asked. Throws nothing.
   */
  lookUp(page: Page, link: MessageLink, pace: TokenPace): Promise<LookUpResult>;
  /**
   * The bytes of a file that this page alone can fetch; null when the network has it no more. Throws what its
   * calls throw, and AnswerTooLarge.
   */
  photo?(page: Page, file: string, pace: TokenPace): Promise<Buffer | null>;
  /** The page's trouble behind what a call of this connector threw; null when it is none of the page. */
  troubleOf(error: unknown): ChannelProblem | null;
  check(page: Page, pace: TokenPace): Promise<readonly ChannelProblem[]>;
}
