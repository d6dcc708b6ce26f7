import type { Instant } from '#shared/domain/instant.ts';
import { isRecordCommand } from '#shared/domain/record.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import { LIMITS, PROTOCOLS } from '#shared/protocol/version.ts';
import { storageTrouble } from '#renderer/store/storage-trouble.ts';
import type { Alarm, Connection, StoreChange, SyncStatus } from '#renderer/store/console-store.ts';
import { backoffMs, between } from './backoff.ts';
import { bootstrapPage, isUsable } from './bootstrap.ts';
import { clockOffset, type ClockSample } from './clock-offset.ts';
import { messageOf, type Answer, type Failure } from './failure.ts';
import { journalFailed } from './journal-trouble.ts';
import { dispatch, type Dispatched } from './outbox.ts';
import { OutcomeMemory } from './outcome-memory.ts';
import { pause } from './pause.ts';
import type { SyncPorts } from './ports.ts';
import { pullOnce } from './pull.ts';
import { pushOnce } from './push.ts';
import { agreeOnEpoch, pruneJournal, rebuild, recoverLostDatabase } from './recover.ts';
import { repairOnce } from './repair.ts';
import { Waker } from './waker.ts';

export interface EngineOptions {
  /** `onTrouble` is the engine's own: it turns trouble into alarms. */
  readonly ports: Omit<SyncPorts, 'onTrouble'>;
  readonly appVersion: string;
  /** Called after every change of what the screens show. */
  readonly onChange: (change: StoreChange) => void;
  /** Whether the system believes there is a network; a hint only. */
  readonly isOnline?: () => boolean;
}

const POLL_MS = [15_000, 30_000] as const;
/** With the stream standing, polling only covers a poke that was lost. */
const POLL_BESIDE_STREAM_MS = [45_000, 75_000] as const;
const REPAIR_EVERY_MS = 4 * 3600 * 1000;
const QUIET: StoreChange = { incidents: [], reference: false, status: true };

/**
 * The console's side of the protocol, for the one worker that owns the database (store/owner.ts). `act` works
 * at any time; beside it one exchange follows another: greet, download, then push, pull and wait to be woken.
 * A failure leads back to the greeting after a pause.
 */
export class SyncEngine {
  readonly #ports: SyncPorts;
  readonly #options: EngineOptions;
  readonly #memory = new OutcomeMemory();
  readonly #waker = new Waker();
  /**
   * Wakes from the pause after a failure: not for every new command, or each would be an attempt of its own.
   */
  readonly #resting = new Waker();
  readonly #stop = new AbortController();
  readonly #alarms = new Map<Alarm['kind'], Alarm>();
  readonly #clock: ClockSample[] = [];
  #connection: Connection;
  #attempt = 0;
  #isStreaming = false;
  #repairedAt: Instant | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#ports = { ...options.ports, onTrouble: (trouble) => this.raise(trouble) };
    this.#connection = { state: 'offline', since: options.ports.now(), retryAt: null };
  }

  /**
   * Brings back what a lost database held and begins to sync. Resolves as soon as the local copy can be used.
   */
  async start(): Promise<void> {
    await recoverLostDatabase(this.#ports);
    this.#running = this.#run(this.#stop.signal);
  }

  #wakeAll(): void {
    this.#attempt = 0;
    this.#resting.wake();
    this.#waker.wake();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wakeAll();
    await this.#running;
  }

  /** Runs a command here and queues it; resolves when it is on disk twice. */
  async dispatch(incident: string, command: Command): Promise<Dispatched> {
    const acted = await dispatch(this.#ports, incident, command);
    if (acted.ok) {
      const isRecord = isRecordCommand(command);
      const incidents = isRecord ? [] : [acted.incident];
      this.#options.onChange({ incidents, reference: isRecord, status: true });
      this.#waker.wake();
    }
    return acted;
  }

  /** Puts away a command that was not accepted, for good. */
  async dismissNotAccepted(id: string): Promise<void> {
    await this.#ports.store.dismissNotAccepted(id);
    await this.#ports.journal.settle([id], 'dismissed').catch(() => undefined);
    this.#options.onChange(QUIET);
  }

  /** Do not wait any longer: somebody asks, logged in again, or the network came back. */
  syncNow(): void {
    this.#wakeAll();
  }

  /** Attached files are not the engine's: they travel beside it. */
  async status(): Promise<Omit<SyncStatus, 'attachments'>> {
    const { store } = this.#ports;
    const [outbox, notAccepted, meta] = await Promise.all([
      store.outbox(),
      store.notAccepted(),
      store.meta(),
    ]);
    return {
      connection: this.#connection,
      unsent: outbox.length,
      notAccepted: notAccepted.length,
      archiveComplete: meta.bootstrap.part === 'done',
      alarms: [...this.#alarms.values()],
    };
  }

  raise(alarm: Alarm): void {
    this.#alarms.set(alarm.kind, alarm);
    this.#options.onChange(QUIET);
  }

  dismissAlarm(kind: Alarm['kind']): void {
    this.#alarms.delete(kind);
    this.#options.onChange(QUIET);
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    this.#options.onChange(QUIET);
  }

  async #run(signal: AbortSignal): Promise<void> {
    await pruneJournal(this.#ports).catch((error: unknown) => this.raise(journalFailed(error)));
    while (!signal.aborted) {
      const failure = await this.#session(signal).catch((error: unknown) => this.#broken(error));
      if (failure !== null && !signal.aborted) await this.#rest(failure);
    }
  }

  /**
   * The local store could not do its part. Nothing is lost by trying again later, and the person must know.
   */
  #broken(error: unknown): Failure {
    const why = storageTrouble(error);
    if (why === 'disk_full') this.raise({ kind: why });
    else if (why !== null) this.raise({ kind: 'storage_failed', why, message: messageOf(error) });
    return { kind: 'nonsense', message: messageOf(error) };
  }

  /** From the greeting to the first failure, which it gives back; null when there is nothing to wait for. */
  async #session(signal: AbortSignal): Promise<Failure | null> {
    if (this.#attempt === 0) this.#become({ state: 'connecting', attempt: 1, retryAt: null });
    const greeted = await this.#greet();
    if (!greeted.ok) return greeted.failure;
    const stream = new AbortController();
    const following = this.#follow(AbortSignal.any([signal, stream.signal]));
    try {
      return await this.#exchange(signal);
    } finally {
      stream.abort();
      await following;
    }
  }

  async #greet(): Promise<Answer<unknown>> {
    const { store, transport } = this.#ports;
    const { clientId } = await store.meta();
    const hello = await transport.hello({
      protocols: [...PROTOCOLS],
      appVersion: this.#options.appVersion,
      clientId,
    });
    if (!hello.ok) return hello;
    const { value, roundTripMs } = hello.value;
    this.#clock.push({ at: this.#ports.now(), serverTime: value.serverTime, roundTripMs });
    await store.setMeta({ clockOffset: clockOffset(this.#clock.slice(-8)) });
    const agreed = await agreeOnEpoch(this.#ports, value);
    if (agreed.ok && agreed.value === 'rebuilt')
      this.#options.onChange({ incidents: 'all', reference: true, status: true });
    return agreed;
  }

  /** Until something fails: rounds, and between them a sleep until woken or it is time to look. */
  async #exchange(signal: AbortSignal): Promise<Failure | null> {
    while (!signal.aborted) {
      const round = await this.#round();
      if (round.kind === 'failed') return round.failure;
      if (round.kind === 'rest') {
        const [low, high] = this.#isStreaming ? POLL_BESIDE_STREAM_MS : POLL_MS;
        await this.#waker.sleep(between(low, high, this.#ports.random));
      }
    }
    return null;
  }

  /**
   * Sends, fetches, and goes one page on with the download. What a person did goes first, even before the
   * queue is here.
   */
  async #round(): Promise<
    { readonly kind: 'more' | 'rest' } | { readonly kind: 'failed'; readonly failure: Failure }
  > {
    const { bootstrap } = await this.#ports.store.meta();
    let failure = await this.#pushAll();
    if (failure === null && isUsable(bootstrap)) failure = await this.#pullAll();
    if (failure === null)
      failure = bootstrap.part === 'done' ? await this.#checkCopies() : await this.#download();
    if (failure?.kind === 'resync') failure = await this.#resync();
    if (failure !== null) return { kind: 'failed', failure };
    this.#attempt = 0;
    if ((await this.#ports.store.meta()).bootstrap.part !== 'done') return { kind: 'more' };
    if (this.#connection.state !== 'live') this.#become({ state: 'live' });
    return { kind: 'rest' };
  }

  async #download(): Promise<Failure | null> {
    const page = await bootstrapPage(this.#ports);
    if (!page.ok) return page.failure;
    if (page.value.kind === 'resync') return { kind: 'resync' };
    const { part, rows, estimate } = page.value.place;
    this.#become({ state: 'downloading', part, rows, estimate });
    this.#options.onChange({ incidents: 'all', reference: true, status: true });
    return null;
  }

  async #pushAll(): Promise<Failure | null> {
    for (;;) {
      const pushed = await pushOnce(this.#ports, this.#memory);
      if (pushed.kind === 'failed') return pushed.failure;
      if (pushed.kind === 'idle' || (pushed.kind === 'sent' && !pushed.more)) return null;
    }
  }

  async #pullAll(): Promise<Failure | null> {
    for (;;) {
      const pulled = await pullOnce(this.#ports, this.#memory, LIMITS.changesPage);
      if (!pulled.ok) return pulled.failure;
      if (pulled.value.kind === 'resync') return { kind: 'resync' };
      if (pulled.value.kind === 'stale') continue;
      const { incidents, reference, more } = pulled.value;
      if (incidents.length > 0 || reference) this.#options.onChange({ incidents, reference, status: true });
      if (!more) return null;
    }
  }

  /** The API has forgotten the way from our cursor to its head; commands stay, rows are downloaded anew. */
  async #resync(): Promise<Failure | null> {
    const { clientId } = await this.#ports.store.meta();
    const hello = await this.#ports.transport.hello({
      protocols: [...PROTOCOLS],
      appVersion: this.#options.appVersion,
      clientId,
    });
    if (!hello.ok) return hello.failure;
    const agreed = await agreeOnEpoch(this.#ports, hello.value.value);
    if (!agreed.ok) return agreed.failure;
    if (agreed.value === 'same') await rebuild(this.#ports, hello.value.value);
    this.#options.onChange({ incidents: 'all', reference: true, status: true });
    return null;
  }

  async #checkCopies(): Promise<Failure | null> {
    const now = this.#ports.now();
    if (this.#repairedAt !== null && now - this.#repairedAt < REPAIR_EVERY_MS) return null;
    const repaired = await repairOnce(this.#ports);
    if (!repaired.ok) return repaired.failure;
    // While others work the revisions rarely stand still at the same moment; the next round tries again.
    if (repaired.value.kind !== 'moved') this.#repairedAt = now;
    if (repaired.value.kind === 'repaired')
      this.#options.onChange({ incidents: repaired.value.incidents, reference: false, status: true });
    return null;
  }

  /** Keeps the stream of pokes standing beside the exchange; without it polling goes on. */
  async #follow(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      await this.#ports.transport.stream(() => {
        this.#isStreaming = true;
        attempt = 1;
        this.#waker.wake();
      }, signal);
      // A stream that breaks says more of the network than any timer: whether the API still answers is looked
      // at once.
      if (this.#isStreaming && !signal.aborted) this.#waker.wake();
      this.#isStreaming = false;
      if (!signal.aborted) await pause(backoffMs(attempt, this.#ports.random), signal);
    }
  }

  async #rest(failure: Failure): Promise<void> {
    this.#attempt += 1;
    const asked = failure.kind === 'busy' ? (failure.afterMs ?? 0) : 0;
    const ms = Math.max(asked, backoffMs(this.#attempt, this.#ports.random));
    this.#become(this.#connectionAfter(failure, ms));
    await this.#resting.sleep(
      failure.kind === 'unauthenticated' || this.#connection.state === 'failed' ? Math.max(ms, 60_000) : ms,
    );
  }

  #connectionAfter(failure: Failure, ms: number): Connection {
    const now = this.#ports.now();
    switch (failure.kind) {
      case 'network':
        if (this.#options.isOnline?.() === false || this.#attempt > 2)
          return {
            state: 'offline',
            since: this.#connection.state === 'offline' ? this.#connection.since : now,
            retryAt: now + ms,
          };
        return { state: 'connecting', attempt: this.#attempt, retryAt: now + ms };
      case 'busy':
      case 'resync':
      case 'gap':
        return { state: 'connecting', attempt: this.#attempt, retryAt: now + ms };
      case 'unauthenticated':
        return { state: 'needs_login' };
      case 'forbidden':
      case 'too_old':
      case 'too_new':
        return { state: 'failed', kind: failure.kind, message: '' };
      case 'unreadable':
      case 'nonsense':
        return { state: 'failed', kind: failure.kind, message: failure.message };
      default:
        return failure satisfies never;
    }
  }
}
