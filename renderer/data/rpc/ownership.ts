import { v7 } from 'uuid';
import { must } from '#shared/domain/must.ts';
import { failedReply, replyOf, runCall, replyValue } from './message.ts';
import type { MethodCall, CallMessage, MethodReply } from './message.ts';
import type {
  MethodArgs,
  DoneBefore,
  Finders,
  MethodTable,
  MethodResult,
  ServiceOf,
} from './method-table.ts';

/** A message between windows. `R`: the result the listener waits for, `N`: news of the owner's. */
type WindowMessage<T extends MethodTable, R, N> =
  | CallMessage<T, R>
  | { readonly t: 'news'; readonly news: N }
  /** A new owner is ready: whoever still waits for a reply calls again. */
  | { readonly t: 'ready' };

/** Replies kept for calls that come twice. */
const REMEMBERED = 200;

/** The service where it runs. */
export interface Owner<T extends MethodTable> {
  readonly service: ServiceOf<T>;
  readonly doneBefore: DoneBefore<T> & Finders<T>;
  close(): Promise<void>;
}

export interface OwnershipOptions<T extends MethodTable, N> {
  readonly name: string;
  readonly table: T;
  /** Becomes the owner: opens the database. Resolves when calls can be answered. */
  readonly own: () => Promise<Owner<T>>;
  readonly onNews: (news: N) => void;
}

/**
 * One worker of a profile owns its database; it keeps columns in memory, and two memories of one database
 * would part. Others send it their calls over a BroadcastChannel. A Web Lock decides who, and passes on at
 * once when the owner closes or dies; calls that wait then are made again.
 */
export class Ownership<T extends MethodTable, N> {
  readonly #options: OwnershipOptions<T, N>;
  readonly #channel: BroadcastChannel;
  readonly #lockName: string;
  readonly #release = new AbortController();
  /** Calls without a reply, each to be run here as soon as this worker is the owner. */
  readonly #waiting = new Set<() => Promise<void>>();
  readonly #replies = new Map<string, Promise<MethodReply<MethodResult<T, keyof T>>>>();
  #owner: Owner<T> | null = null;
  #ownedSince = Infinity;
  #giveUp: () => void = () => undefined;

  constructor(options: OwnershipOptions<T, N>) {
    this.#options = options;
    this.#lockName = `pult-owner ${options.name}`;
    this.#channel = new BroadcastChannel(this.#lockName);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<WindowMessage<T, unknown, N>>) => {
      if (data.t === 'news') options.onNews(data.news);
      else if (data.t === 'call' && this.#owner !== null) void this.#serve(this.#owner, data.call);
    });
  }

  /** Resolves when calls are answered, here or by another worker. */
  async start(): Promise<void> {
    const isFree = await new Promise<boolean>((resolve, reject) => {
      const lead = async (lock: Lock | null): Promise<void> => {
        if (lock === null) return resolve(false);
        await this.#lead();
        resolve(true);
        await this.#untilClosed();
      };
      navigator.locks.request(this.#lockName, { ifAvailable: true }, lead).catch(reject);
    });
    if (!isFree) this.#queueForOwnership();
  }

  /** Runs a method where the database is. */
  async call<M extends keyof T>(method: M, args: MethodArgs<T, M>): Promise<MethodResult<T, M>> {
    if (this.#owner !== null) return this.#owner.service[method](...args);
    return replyValue(await this.#ask({ id: v7(), method, args, at: Date.now() }));
  }

  /** Tells every window. For the owner. */
  sendNews(news: N): void {
    this.#post({ t: 'news', news });
    this.#options.onNews(news);
  }

  /** Closes what is owned, then lets the next worker have it. */
  async close(): Promise<void> {
    const owner = this.#owner;
    this.#owner = null;
    await owner?.close();
    this.#release.abort();
    this.#giveUp();
    this.#channel.close();
  }

  #post(message: WindowMessage<T, MethodResult<T, keyof T>, N>): void {
    this.#channel.postMessage(message);
  }

  #queueForOwnership(): void {
    const lead = async (): Promise<void> => {
      await this.#lead();
      await this.#untilClosed();
    };
    navigator.locks
      .request(this.#lockName, { signal: this.#release.signal }, lead)
      .catch((error: unknown) => {
        if (!this.#release.signal.aborted) throw error;
      });
  }

  async #lead(): Promise<void> {
    this.#owner = await this.#options.own();
    this.#ownedSince = Date.now();
    for (const runHere of this.#waiting) await runHere();
    this.#post({ t: 'ready' });
  }

  #untilClosed(): Promise<void> {
    return new Promise((resolve) => {
      this.#giveUp = resolve;
    });
  }

  /** Sends a call to the owner, and again to each that follows it until there is a reply. */
  #ask<M extends keyof T>(call: MethodCall<T, M>): Promise<MethodReply<MethodResult<T, M>>> {
    return new Promise((resolve) => {
      const end = (reply: MethodReply<MethodResult<T, M>>): void => {
        this.#channel.removeEventListener('message', hear);
        this.#waiting.delete(runHere);
        resolve(reply);
      };
      const hear = ({ data }: MessageEvent<WindowMessage<T, MethodResult<T, M>, N>>): void => {
        if (data.t === 'reply' && data.id === call.id) end(data.reply);
        else if (data.t === 'ready') this.#post({ t: 'call', call });
      };
      const runHere = async (): Promise<void> => {
        const owner = must(this.#owner, 'an owner here');
        end(await replyOf(this.#runOnce(owner, call)));
      };
      this.#channel.addEventListener('message', hear);
      this.#waiting.add(runHere);
      this.#post({ t: 'call', call });
    });
  }

  async #serve(owner: Owner<T>, call: MethodCall<T>): Promise<void> {
    const reply = await this.#remembered(owner, call);
    try {
      this.#post({ t: 'reply', id: call.id, reply });
    } catch (error) {
      this.#post({ t: 'reply', id: call.id, reply: failedReply(error) });
    }
  }

  #remembered(owner: Owner<T>, call: MethodCall<T>): Promise<MethodReply<MethodResult<T, keyof T>>> {
    const known = this.#replies.get(call.id);
    if (known !== undefined) return known;
    const isAgain = call.at < this.#ownedSince;
    const work = isAgain ? this.#runOnce(owner, call) : runCall(this.#options.table, owner.service, call);
    const reply = replyOf(work);
    this.#replies.set(call.id, reply);
    for (const oldest of this.#replies.keys()) {
      if (this.#replies.size <= REMEMBERED) break;
      this.#replies.delete(oldest);
    }
    return reply;
  }

  /** Runs a call that another owner may have run before it died: nobody answers a resident twice. */
  async #runOnce<M extends keyof T>(owner: Owner<T>, call: MethodCall<T, M>): Promise<MethodResult<T, M>> {
    const { table } = this.#options;
    if (table[call.method]?.repeat === 'once') {
      const done = await owner.doneBefore[call.method]?.(call.at, ...call.args);
      if (done !== undefined && done !== null) return done;
    }
    return runCall(table, owner.service, call);
  }
}
