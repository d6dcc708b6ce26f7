import type { HelloResponse } from '#shared/protocol/sync.ts';
import { LIMITS, PROTOCOLS } from '#shared/protocol/version.ts';
import { isClockSure, measureClock } from './act-moments.ts';
import { bootstrapPage } from './bootstrap.ts';
import { answered, type Answer, type Failure } from './failure.ts';
import { OutcomeMemory } from './outcome-memory.ts';
import { PageSize } from './page-size.ts';
import type { SyncPorts } from './ports.ts';
import { pullOnce } from './pull.ts';
import { mayBeItsFault, PushTrouble } from './push-trouble.ts';
import { pushOnce } from './push.ts';
import { sendWaiting } from './offer-again.ts';
import { agreeOnEpoch, rebuild } from './recover.ts';
import { repairOnce } from './repair.ts';
import { seenOf } from './seen.ts';
import type { Happening, SessionEffect } from './session-state.ts';
import type { StoreChange } from './sync-status.ts';

/** Effects that ask something of the API. */
export type Request = Exclude<SessionEffect, { readonly kind: 'rest' | 'follow' | 'unfollow' }>;

const STATUS: StoreChange = { incidents: [], reference: false, status: true };
const EVERYTHING: StoreChange = { incidents: 'all', reference: true, status: true };
const failedBy = (failure: Failure): Happening => ({ kind: 'failed', failure });

export interface ExchangeOptions {
  readonly appVersion: string;
  readonly onChange: (change: StoreChange) => void;
  /** Called when there is something to push that nobody has just done. */
  readonly wake: () => void;
}

/** Does what a session asks of the API, one request at a time, and tells the screens what it changed. */
export class Exchange {
  readonly #ports: SyncPorts;
  readonly #appVersion: string;
  readonly #onChange: (change: StoreChange) => void;
  readonly #wake: () => void;
  readonly #memory = new OutcomeMemory();
  readonly #trouble = new PushTrouble();
  readonly #pages = new PageSize(LIMITS.longestPageBytes);

  constructor(ports: SyncPorts, { appVersion, onChange, wake }: ExchangeOptions) {
    this.#ports = ports;
    this.#appVersion = appVersion;
    this.#onChange = onChange;
    this.#wake = wake;
  }

  /** Gives what came of it. Rejects only with what the local store threw. */
  async run(request: Request): Promise<Happening> {
    switch (request.kind) {
      case 'hello':
        return this.#greet(request.isRebuilding);
      case 'push':
        return this.#push();
      case 'pull':
        return this.#pull();
      case 'download':
        return this.#download();
      case 'compare':
        return this.#compare();
      default:
        return request satisfies never;
    }
  }

  /**
   * The one greeting: brings clock, epoch and scope in line. `isRebuilding`: rows are of no use whatever it
   * says.
   */
  async #greet(isRebuilding: boolean): Promise<Happening> {
    const { store } = this.#ports;
    const hello = await this.#hello();
    if (!hello.ok) return failedBy(hello.failure);
    const { value } = hello;
    if (value.dismissed === true) this.#ports.onTrouble({ kind: 'dismissed' });
    const agreed = await agreeOnEpoch(this.#ports, value);
    if (!agreed.ok) return failedBy(agreed.failure);
    if (isRebuilding && agreed.value === 'same') await rebuild(this.#ports, value);
    if (isRebuilding || agreed.value === 'rebuilt') this.#onChange(EVERYTHING);
    return { kind: 'greeted', part: (await store.meta()).bootstrap.part };
  }

  /** Says hello and takes the centre's time from the answer. */
  async #hello(): Promise<Answer<HelloResponse>> {
    const { store, transport, clock } = this.#ports;
    const meta = await store.meta();
    const seen = seenOf(meta);
    const hello = await transport.hello({
      protocols: [...PROTOCOLS],
      appVersion: this.#appVersion,
      clientId: meta.clientId,
      ...(seen === null ? {} : { seen }),
    });
    if (!hello.ok) return hello;
    const arrived = clock.read();
    const { value, roundTripMs } = hello.value;
    await measureClock(this.#ports, { serverTime: value.serverTime, roundTripMs, arrived });
    this.#onChange({ incidents: [], reference: false, status: true });
    return answered(value);
  }

  /** Sends commands only with moments that are known: after a jump the clock is measured first. */
  async #push(): Promise<Happening> {
    if (!(await isClockSure(this.#ports))) {
      const hello = await this.#hello();
      if (!hello.ok) return failedBy(hello.failure);
    }
    const pushed = await pushOnce(this.#ports, this.#memory, this.#trouble);
    if (pushed.kind === 'failed') {
      const { failure } = pushed;
      return mayBeItsFault(failure) ? { kind: 'pushed', hasMore: false, failure } : pushed;
    }
    if (pushed.kind === 'renewed') this.#onChange(STATUS);
    return { kind: 'pushed', hasMore: pushed.kind === 'renewed' || (pushed.kind === 'sent' && pushed.more) };
  }

  async #pull(): Promise<Happening> {
    const pulled = await this.#page(
      (bytes) => pullOnce(this.#ports, this.#memory, LIMITS.changesPage, bytes),
      (page) => page.kind === 'applied' && page.more,
    );
    if (!pulled.ok) return failedBy(pulled.failure);
    if (pulled.value.kind === 'resync') return failedBy({ kind: 'resync' });
    if (pulled.value.kind === 'stale') return { kind: 'pulled', hasMore: true };
    const { incidents, reference, more, isQueued } = pulled.value;
    if (isQueued) this.#wake();
    if (incidents.length > 0 || reference) this.#onChange({ incidents, reference, status: true });
    return { kind: 'pulled', hasMore: more };
  }

  async #download(): Promise<Happening> {
    const page = await this.#page(
      (bytes) => bootstrapPage(this.#ports, bytes),
      ({ kind, place }) => kind === 'more' && place.after !== '',
    );
    if (!page.ok) return failedBy(page.failure);
    if (page.value.kind === 'resync') return failedBy({ kind: 'resync' });
    this.#onChange(EVERYTHING);
    const { isSlow } = this.#pages;
    return { kind: 'downloaded', place: page.value.place, isSlow };
  }

  /** Fetches a page of the size that this line carries, and learns from it. */
  async #page<T>(
    fetch: (bytes: number) => Promise<Answer<T>>,
    isFull: (page: T) => boolean,
  ): Promise<Answer<T>> {
    const since = this.#ports.now();
    const page = await fetch(this.#pages.bytes);
    this.#trouble.asked(page.ok);
    if (page.ok) this.#pages.came(this.#ports.now() - since, isFull(page.value));
    else if (page.failure.kind === 'network') this.#pages.brokeOff();
    return page;
  }

  async #compare(): Promise<Happening> {
    // What waits for somebody else's work may have waited long enough.
    if (await this.#ports.exclusive(() => sendWaiting(this.#ports))) this.#wake();
    const compared = await repairOnce(this.#ports, this.#pages.bytes);
    if (!compared.ok) return failedBy(compared.failure);
    if (compared.value.kind === 'repaired')
      this.#onChange({ incidents: compared.value.incidents, reference: false, status: true });
    return { kind: 'compared', isConclusive: compared.value.kind !== 'moved' };
  }
}
