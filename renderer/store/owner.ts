import type { StoreChange } from './console-store.ts';

/**
 * A method of the store by name with its arguments, on its way from a window to the one that owns the
 * database.
 */
export interface Call {
  readonly id: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** When the window asked, by this machine's clock. */
  readonly at: number;
}

export type Given =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

type OwnerMessage =
  | { readonly t: 'call'; readonly call: Call }
  | { readonly t: 'answer'; readonly id: string; readonly given: Given }
  | { readonly t: 'change'; readonly change: StoreChange }
  /** A new owner is ready: whoever still waits for an answer asks again. */
  | { readonly t: 'ready' };

/** Answers kept for calls that are asked twice. */
const REMEMBERED = 200;

export interface OwnershipOptions {
  readonly name: string;
  /** Becomes the owner: opens the database. Resolves when calls can be answered. */
  readonly own: () => Promise<void>;
  /** Answers a call here, as the owner. `isAgain`: another owner may have done it before it died. */
  readonly answer: (call: Call, isAgain: boolean) => Promise<unknown>;
  readonly onChange: (change: StoreChange) => void;
}

/**
 * One worker of a profile owns its database; it keeps columns in memory, and two memories of one database
 * would part. Others send it their calls over a BroadcastChannel. A Web Lock decides who, and passes on at
 * once when the owner closes or dies.
 */
export class Ownership {
  readonly #options: OwnershipOptions;
  readonly #channel: BroadcastChannel;
  readonly #release = new AbortController();
  readonly #waiting = new Map<string, { readonly call: Call; readonly settle: (given: Given) => void }>();
  readonly #answered = new Map<string, Promise<Given>>();
  #isOwner = false;
  #ownedSince = Infinity;
  #giveUp: () => void = () => undefined;

  constructor(options: OwnershipOptions) {
    this.#options = options;
    this.#channel = new BroadcastChannel(`pult-owner ${options.name}`);
    this.#channel.onmessage = (event: MessageEvent<OwnerMessage>) => this.#hear(event.data);
  }

  get isOwner(): boolean {
    return this.#isOwner;
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

  /** Runs a call where the database is. */
  async call(call: Call): Promise<unknown> {
    const given = this.#isOwner ? await this.#run(call, false) : await this.#ask(call);
    if (!given.ok) throw new Error(given.message);
    return given.value;
  }

  /** Tells windows of a change of the database. For the owner. */
  tell(change: StoreChange): void {
    this.#channel.postMessage({ t: 'change', change } satisfies OwnerMessage);
    this.#options.onChange(change);
  }

  close(): void {
    this.#release.abort();
    this.#giveUp();
    this.#channel.close();
  }

  get #lockName(): string {
    return `pult-owner ${this.#options.name}`;
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
    await this.#options.own();
    this.#isOwner = true;
    this.#ownedSince = Date.now();
    for (const { call, settle } of this.#waiting.values()) settle(await this.#run(call, true));
    this.#waiting.clear();
    this.#channel.postMessage({ t: 'ready' } satisfies OwnerMessage);
  }

  #untilClosed(): Promise<void> {
    return new Promise((resolve) => {
      this.#giveUp = resolve;
    });
  }

  #ask(call: Call): Promise<Given> {
    return new Promise((settle) => {
      this.#waiting.set(call.id, { call, settle });
      this.#channel.postMessage({ t: 'call', call } satisfies OwnerMessage);
    });
  }

  #hear(message: OwnerMessage): void {
    if (message.t === 'change') this.#options.onChange(message.change);
    else if (message.t === 'answer') {
      this.#waiting.get(message.id)?.settle(message.given);
      this.#waiting.delete(message.id);
    } else if (message.t === 'ready') {
      for (const { call } of this.#waiting.values())
        this.#channel.postMessage({ t: 'call', call } satisfies OwnerMessage);
    } else if (this.#isOwner) void this.#serve(message.call);
  }

  async #serve(call: Call): Promise<void> {
    const given = await this.#run(call, call.at < this.#ownedSince);
    this.#channel.postMessage({ t: 'answer', id: call.id, given } satisfies OwnerMessage);
  }

  #run(call: Call, isAgain: boolean): Promise<Given> {
    const known = this.#answered.get(call.id);
    if (known !== undefined) return known;
    const given = this.#options.answer(call, isAgain).then(
      (value): Given => ({ ok: true, value }),
      (error: unknown): Given => ({
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      }),
    );
    this.#answered.set(call.id, given);
    for (const oldest of this.#answered.keys()) {
      if (this.#answered.size <= REMEMBERED) break;
      this.#answered.delete(oldest);
    }
    return given;
  }
}
