import { must } from '#shared/domain/must.ts';
import { isRecordCommand } from '#shared/domain/record.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import { isClockSure } from './act-moments.ts';
import { Exchange, type Request } from './exchange.ts';
import { messageOf, type Failure } from './failure.ts';
import { journalFailed } from './journal-trouble.ts';
import { dispatchTogether, type Dispatched, type GesturePart, type OnRefusal } from './outbox.ts';
import { pause } from './pause.ts';
import type { SyncPorts } from './ports.ts';
import { beginAnew, pruneJournal, recoverLostDatabase } from './recover.ts';
import type { Happening, SessionEffect, SessionState } from './session-state.ts';
import { idleSession, stepSession } from './session-step.ts';
import { askAgainAfterUpdate, setAsideTrouble } from './set-aside.ts';
import { retryShelved, withdrawShelved } from './shelve.ts';
import { shelvedIn, type ShelvedCommand } from './shelved-command.ts';
import { storageTrouble } from './storage-trouble.ts';
import type { Alarm, EngineStatus, StoreChange } from './sync-status.ts';

export interface EngineOptions {
  /** `onTrouble` is the engine's own: it turns trouble into alarms. */
  readonly ports: Omit<SyncPorts, 'onTrouble'>;
  readonly appVersion: string;
  /** Called after every change of what the screens show. */
  readonly onChange: (change: StoreChange) => void;
  /** True when the system believes that there is a network; a hint only. */
  readonly isOnline?: () => boolean;
  /** Told of every step of the session: for whoever watches where it has been. */
  readonly onStep?: (before: SessionState, happening: Happening, after: SessionState) => void;
}

const STATUS: StoreChange = { incidents: [], reference: false, status: true };

/**
 * The console's side of the protocol, for the one worker that owns the database (rpc/ownership.ts).
 * `dispatch` works at any time. Everything else is decided by the session (session-step.ts): the engine does
 * what it says and tells it what came of that.
 */
export class SyncEngine {
  readonly #ports: SyncPorts;
  readonly #options: EngineOptions;
  readonly #exchange: Exchange;
  readonly #alarms = new Map<Alarm['kind'], Alarm>();
  #session: SessionState;
  #stopResting: () => void = () => undefined;
  #stream = new AbortController();
  /** Requests under way and streams that stand, to be waited for at the end. */
  readonly #running = new Set<Promise<void>>();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#ports = { ...options.ports, onTrouble: (trouble) => this.raise(trouble) };
    this.#exchange = new Exchange(this.#ports, {
      appVersion: options.appVersion,
      onChange: options.onChange,
      wake: () => this.#tell({ kind: 'woken' }),
    });
    this.#session = idleSession(options.ports.now());
  }

  /**
   * Brings back what a lost database held and begins to sync. Resolves as soon as the local copy can be used.
   */
  async start(): Promise<void> {
    await recoverLostDatabase(this.#ports);
    await askAgainAfterUpdate(this.#ports.store, this.#options.appVersion);
    const trouble = setAsideTrouble((await this.#ports.store.meta()).setAside);
    if (trouble !== null) this.raise(trouble);
    this.#keep(
      pruneJournal(this.#ports)
        .catch((error: unknown) => this.raise(journalFailed(error)))
        .then(() => this.#tell({ kind: 'started' })),
    );
  }

  async stop(): Promise<void> {
    this.#tell({ kind: 'stopped' });
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Resolves when the commands given so far are on disk twice, or refused. */
  async commandsDone(): Promise<void> {
    await this.#ports.exclusive(async () => undefined);
  }

  /** Decides a command here and keeps it in the outbox; resolves when it is on disk twice. */
  async dispatch(incident: string, command: Command): Promise<Dispatched> {
    const [dispatched] = await this.dispatchTogether([{ id: incident, command }], 'none');
    return must(dispatched, 'an answer for the command');
  }

  /** Dispatches the commands of one gesture, as {@link dispatch} does one. */
  async dispatchTogether(
    parts: readonly GesturePart[],
    onRefusal: OnRefusal,
  ): Promise<readonly Dispatched[]> {
    const dispatched = await dispatchTogether(this.#ports, parts, onRefusal);
    const isRecord = (index: number): boolean =>
      isRecordCommand(must(parts[index], 'the command answered').command);
    const incidents = dispatched.flatMap((answer, index) =>
      answer.ok && !isRecord(index) ? [answer.incident] : [],
    );
    const reference = dispatched.some((answer, index) => answer.ok && isRecord(index));
    if (incidents.length > 0 || reference) {
      this.#options.onChange({ incidents: [...new Set(incidents)], reference, status: true });
      this.#tell({ kind: 'woken' });
    }
    return dispatched;
  }

  /** Puts away a command that was not accepted, for good. */
  async dismissNotAccepted(id: string): Promise<void> {
    await this.#ports.store.dismissNotAccepted(id);
    const { clientId } = await this.#ports.store.meta();
    await this.#ports.journal.noteEnds([id], 'dismissed', clientId).catch(() => undefined);
    this.#options.onChange(STATUS);
  }

  /** The commands put aside because the centre never answered them, the oldest first. */
  async shelved(): Promise<readonly ShelvedCommand[]> {
    return shelvedIn(await this.#ports.store.outbox());
  }

  /** Has a shelved command sent again. */
  async retryShelved(id: string): Promise<void> {
    await retryShelved(this.#ports, id);
    this.#released();
  }

  /** Takes a shelved command back. */
  async withdrawShelved(id: string): Promise<void> {
    await withdrawShelved(this.#ports, id);
    this.#released();
  }

  #released(): void {
    this.#options.onChange({ incidents: 'all', reference: true, status: true });
    this.syncNow();
  }

  /** Ends any pause: somebody asks, logged in again, or the network came back. */
  syncNow(): void {
    this.#tell({ kind: 'hurried' });
  }

  /** The local copy was thrown away and is empty now. */
  beginAnew(): void {
    this.#ports.contexts.forget();
    this.#keep(
      beginAnew(this.#ports)
        .catch((error: unknown) => void this.#broken(error))
        .then(() => {
          this.#options.onChange({ incidents: 'all', reference: true, status: true });
          this.syncNow();
        }),
    );
  }

  /** Attached files are not the engine's: they travel beside it. */
  async status(): Promise<EngineStatus> {
    const { store } = this.#ports;
    const [outbox, notAccepted, meta] = await Promise.all([
      store.outbox(),
      store.notAccepted(),
      store.meta(),
    ]);
    const hasSetAside = (meta.setAside ?? []).length > 0;
    return {
      connection: this.#session.connection,
      unsent: outbox.length,
      notAccepted: notAccepted.length,
      shelved: outbox.filter(({ state }) => state === 'shelved').length,
      archiveComplete: meta.bootstrap.part === 'done',
      clockOffset: meta.clockOffset,
      alarms: [...this.#alarms.values()].filter((alarm) => alarm.kind !== 'rows_set_aside' || hasSetAside),
    };
  }

  raise(alarm: Alarm): void {
    this.#alarms.set(alarm.kind, alarm);
    this.#options.onChange(STATUS);
  }

  dismissAlarm(kind: Alarm['kind']): void {
    this.#alarms.delete(kind);
    this.#options.onChange(STATUS);
  }

  /** Takes the session one step on and does what it says. */
  #tell(happening: Happening): void {
    const { now, random, clock } = this.#ports;
    // Something happens every minute or so: a clock that is set twice is seen each time.
    clock.read();
    if (clock.hasJumped) this.#keep(this.#followClock());
    const isOnline = this.#options.isOnline?.() ?? true;
    const before = this.#session;
    const [session, effects] = stepSession(before, { ...happening, now: now(), draw: random(), isOnline });
    this.#session = session;
    this.#options.onStep?.(before, happening, session);
    // A pause is over with whatever ended it: its time, or an event that leads on.
    if (session.activity !== before.activity) this.#stopResting();
    if (session.connection !== before.connection) this.#options.onChange(STATUS);
    for (const effect of effects) this.#run(effect);
  }

  #run(effect: SessionEffect): void {
    switch (effect.kind) {
      case 'rest':
        this.#stopResting = this.#ports.startTimer(effect.ms, () => this.#tell({ kind: 'rested' }));
        return;
      case 'follow':
        this.#keep(this.#follow(effect.afterMs, this.#stream.signal));
        return;
      case 'unfollow':
        this.#stream.abort();
        this.#stream = new AbortController();
        return;
      default:
        this.#keep(this.#request(effect).then((happening) => this.#tell(happening)));
    }
  }

  #keep(work: Promise<void>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  async #request(request: Request): Promise<Happening> {
    try {
      return await this.#exchange.run(request);
    } catch (error) {
      return { kind: 'failed', failure: this.#broken(error) };
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

  async #followClock(): Promise<void> {
    try {
      await isClockSure(this.#ports);
    } catch (error) {
      this.#broken(error);
    }
  }

  async #follow(afterMs: number, signal: AbortSignal): Promise<void> {
    if (afterMs > 0) await pause(afterMs, signal, this.#ports.startTimer);
    if (signal.aborted) return;
    const onPoke = (): void => {
      if (!signal.aborted) this.#tell({ kind: 'poked' });
    };
    await this.#ports.transport.stream(onPoke, signal);
    if (!signal.aborted) this.#tell({ kind: 'stream_ended' });
  }
}
