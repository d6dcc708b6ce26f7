import { v7 } from 'uuid';
import { CallsToOwner } from './calls-to-owner.ts';
import { failedReply, replyOf, runCall, replyValue } from './message.ts';
import type { MethodCall, MethodReply } from './message.ts';
import type {
  MethodArgs,
  DoneBefore,
  Finders,
  MethodTable,
  MethodResult,
  ServiceOf,
} from './method-table.ts';
import { hasNoMoreThan } from './versions-differ.ts';
import type { WindowMessage } from './window-message.ts';

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
  /** Called with true when this window waits for an owner that stands still, with false when it is over. */
  readonly onSilence: (isSilent: boolean) => void;
}

/** The Web Lock that whoever works in a profile's database holds. */
export const ownerLock = (profile: string): string => `pult-owner ${profile}`;

/**
 * One worker of a profile owns its database; it keeps columns in memory, and two memories of one database
 * would part. Others send it their calls over a BroadcastChannel. A Web Lock decides who, and passes on at
 * once when the owner closes, dies, or hands over to a window of a newer build; calls that wait then are made
 * again.
 */
export class Ownership<T extends MethodTable, N> {
  readonly #options: OwnershipOptions<T, N>;
  readonly #channel: BroadcastChannel;
  readonly #lockName: string;
  readonly #release = new AbortController();
  readonly #calls: CallsToOwner<T, N>;
  readonly #replies = new Map<string, Promise<MethodReply<MethodResult<T, keyof T>>>>();
  #owner: Owner<T> | null = null;
  #ownedSince = Infinity;
  /** True while this worker has the lock or waits for it. */
  #isInLine = false;
  #hasLock = false;
  #giveUp: () => void = () => undefined;

  constructor(options: OwnershipOptions<T, N>) {
    this.#options = options;
    this.#lockName = ownerLock(options.name);
    this.#channel = new BroadcastChannel(this.#lockName);
    this.#calls = new CallsToOwner(this.#channel, options.table, options.onSilence);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<WindowMessage<T, unknown, N>>) => {
      const owner = this.#owner;
      if (data.t === 'change') options.onNews(data.change);
      else if (data.t === 'ping' && this.#hasLock) this.#post({ t: 'here' });
      else if (data.t === 'call' && owner !== null) void this.#serve(owner, data.call);
      else if (data.t === 'hand_over' && owner !== null && hasNoMoreThan(options.table, data.methods))
        void this.#handOver(owner);
    });
  }

  /** Resolves when calls are answered, here or by another worker. */
  async start(): Promise<void> {
    const isFree = await new Promise<boolean>((resolve, reject) => {
      const lead = async (lock: Lock | null): Promise<void> => {
        if (lock === null) return resolve(false);
        this.#isInLine = true;
        await this.#hold(() => resolve(true));
      };
      navigator.locks.request(this.#lockName, { ifAvailable: true }, lead).catch((error: unknown) => {
        this.#isInLine = false;
        reject(error);
      });
    });
    if (!isFree) this.#queueForOwnership();
  }

  /** Runs a method where the database is. */
  async call<M extends keyof T>(method: M, args: MethodArgs<T, M>): Promise<MethodResult<T, M>> {
    const call = { id: v7(), method, args, at: Date.now() };
    const owner = this.#owner;
    try {
      if (owner !== null) return await owner.service[method](...args);
    } catch (error) {
      if (this.#owner === owner) throw error;
      // It was closed meanwhile: the next owner looks what had been done.
    }
    if (this.#owner !== null) return this.#runOnce(this.#owner, call);
    if (!this.#isInLine) this.#queueForOwnership();
    return replyValue(await this.#calls.ask(call));
  }

  /** Tells every window. For the owner. */
  sendNews(news: N): void {
    this.#post({ t: 'change', change: news });
    this.#options.onNews(news);
  }

  /** Closes what is owned, then lets the next worker have it. */
  async close(): Promise<void> {
    const owner = this.#owner;
    this.#owner = null;
    try {
      await owner?.close();
    } finally {
      this.#release.abort();
      this.#giveUp();
      this.#calls.failAll(new Error('The store was closed'));
      this.#channel.close();
    }
  }

  #post(message: WindowMessage<T, MethodResult<T, keyof T>, N>): void {
    this.#channel.postMessage(message);
  }

  /** Closes as {@link close} does, and goes on as a window that calls the next owner. */
  async #handOver(owner: Owner<T>): Promise<void> {
    this.#owner = null;
    this.#replies.clear();
    this.#queueForOwnership();
    await owner.close().catch(() => undefined);
    this.#giveUp();
  }

  #queueForOwnership(): void {
    this.#isInLine = true;
    navigator.locks
      .request(this.#lockName, { signal: this.#release.signal }, () => this.#hold())
      .catch((error: unknown) => {
        // What waits here waits for nobody now; the next call tries again.
        this.#isInLine = false;
        this.#calls.failAll(error);
      });
  }

  /** Owns the database as long as the lock is held. `onReady`: called when calls can be answered. */
  async #hold(onReady: () => void = () => undefined): Promise<void> {
    this.#hasLock = true;
    try {
      await this.#lead();
      onReady();
      await this.#untilClosed();
    } finally {
      this.#hasLock = false;
    }
  }

  async #lead(): Promise<void> {
    const owner = await this.#options.own();
    if (this.#release.signal.aborted) return owner.close();
    this.#owner = owner;
    this.#ownedSince = Date.now();
    await this.#calls.runAll((call) => this.#runOnce(owner, call));
    this.#post({ t: 'ready' });
  }

  #untilClosed(): Promise<void> {
    return new Promise((resolve) => {
      this.#giveUp = resolve;
      if (this.#release.signal.aborted) resolve();
    });
  }

  async #serve(owner: Owner<T>, call: MethodCall<T>): Promise<void> {
    const reply = await this.#remembered(owner, call);
    // Failed since it was closed meanwhile: the next owner will be called.
    if (this.#owner !== owner && !reply.ok) return;
    try {
      this.#post({ t: 'answer', id: call.id, given: reply });
    } catch (error) {
      this.#post({ t: 'answer', id: call.id, given: failedReply(error) });
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
