import { failedReply, replyOf } from './message.ts';
import type { MethodCall, MethodReply } from './message.ts';
import type { MethodTable, MethodResult } from './method-table.ts';
import { OwnerWatch } from './owner-watch.ts';
import { ownerBuild, VersionsDifferError } from './versions-differ.ts';
import type { WindowMessage } from './window-message.ts';

/** Closing a database waits for requests under way; an owner that takes longer will not hand over at all. */
const HANDOVER_MS = 60_000;

/** Messages that only a running owner sends. */
const OWNERS_WORDS: ReadonlySet<string> = new Set(['answer', 'change', 'ready', 'here']);

/** Runs a call in this window. */
export type RunHere<T extends MethodTable> = <M extends keyof T>(
  call: MethodCall<T, M>,
) => Promise<MethodResult<T, M>>;

interface WaitingCall<T extends MethodTable> {
  run(runHere: RunHere<T>): Promise<void>;
  fail(error: unknown): void;
}

/** Calls of this window that wait for a reply of whichever window owns the database. */
export class CallsToOwner<T extends MethodTable, N> {
  readonly #channel: BroadcastChannel;
  readonly #table: T;
  readonly #waiting = new Set<WaitingCall<T>>();
  readonly #watch: OwnerWatch;

  /** `onSilence`: called when calls wait for an owner that stands still, and when they do not any more. */
  constructor(channel: BroadcastChannel, table: T, onSilence: (isSilent: boolean) => void) {
    this.#channel = channel;
    this.#table = table;
    this.#watch = new OwnerWatch({ ask: () => this.#post({ t: 'ping' }), onSilence });
    channel.addEventListener('message', ({ data }: MessageEvent<WindowMessage<T, unknown, N>>) => {
      if (OWNERS_WORDS.has(data.t)) this.#watch.heard();
    });
  }

  /**
   * Sends a call to the owner, and again to each that follows it until there is a reply. An owner of an older
   * build that does not know the method is asked to hand over.
   */
  ask<M extends keyof T>(call: MethodCall<T, M>): Promise<MethodReply<MethodResult<T, M>>> {
    return new Promise((resolve) => {
      let patience: ReturnType<typeof setTimeout> | undefined;
      const end = (reply: MethodReply<MethodResult<T, M>>): void => {
        clearTimeout(patience);
        this.#channel.removeEventListener('message', hear);
        this.#waiting.delete(waiting);
        if (this.#waiting.size === 0) this.#watch.end();
        resolve(reply);
      };
      const waiting: WaitingCall<T> = {
        run: async (runHere) => end(await replyOf(runHere(call))),
        fail: (error) => end(failedReply(error)),
      };
      const hear = ({ data }: MessageEvent<WindowMessage<T, MethodResult<T, M>, N>>): void => {
        if (data.t === 'ready') this.#post({ t: 'call', call });
        if (data.t !== 'answer' || data.id !== call.id) return;
        const build = ownerBuild(this.#table, data.given);
        if (build === null || data.given.ok) return end(data.given);
        const differ = new VersionsDifferError(data.given.message);
        if (build === 'other') return waiting.fail(differ);
        this.#post({ t: 'hand_over', methods: Object.keys(this.#table) });
        clearTimeout(patience);
        patience = setTimeout(() => waiting.fail(differ), HANDOVER_MS);
      };
      this.#channel.addEventListener('message', hear);
      this.#waiting.add(waiting);
      this.#watch.begin();
      this.#post({ t: 'call', call });
    });
  }

  /** Runs all that wait, in their order. For a window that has become the owner. */
  async runAll(runHere: RunHere<T>): Promise<void> {
    for (const waiting of this.#waiting) await waiting.run(runHere);
  }

  /** Ends all that wait, with the error. */
  failAll(error: unknown): void {
    for (const waiting of this.#waiting) waiting.fail(error);
  }

  #post(message: WindowMessage<T, never, N>): void {
    this.#channel.postMessage(message);
  }
}
