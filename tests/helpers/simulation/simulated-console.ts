import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Actor } from '#shared/domain/actor.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { CentreClock, type MachineClocks } from '#renderer/data/sync/centre-clock.ts';
import { SyncEngine } from '#renderer/data/sync/engine.ts';
import type { Dispatched } from '#renderer/data/sync/outbox.ts';
import type { StartTimer } from '#renderer/data/sync/pause.ts';
import type { SyncPorts } from '#renderer/data/sync/ports.ts';
import { referenceContexts } from '#renderer/data/sync/reference-context.ts';
import { NOTHING } from '#renderer/data/sync/local-step.ts';
import { MemoryJournal } from '../memory-journal.ts';
import { MemorySyncStore } from '../memory-sync-store.ts';
import { ZONE } from '../sync-fixtures.ts';
import { commandFor } from './commands.ts';
import { FaultyTransport, type Fault } from './faulty-transport.ts';
import type { SimulatedRegion } from './region.ts';
import { seededRandom, type VirtualTime } from './virtual-time.ts';

/** The ports of an engine without what it makes itself. */
export type EnginePorts = Omit<SyncPorts, 'onTrouble'>;

export interface ConsoleOptions {
  readonly region: SimulatedRegion;
  readonly actor: Actor;
  readonly newId: () => string;
  readonly time: VirtualTime;
  /** The workstation's own clocks, where they are not right. */
  readonly clocks?: () => MachineClocks;
  /** A planted bug: ports that misbehave. */
  readonly spoil?: (ports: EnginePorts) => EnginePorts;
}

/**
 * One workstation: the product's engine over a store in memory, a journal that survives, virtual time and a
 * network that fails on wish. Every call comes back when nothing goes on any more but what waits for a timer
 * or for a late answer.
 */
export class SimulatedConsole {
  readonly actor: Actor;
  readonly journal = new MemoryJournal();
  /** Commands the operator was told are saved. */
  readonly acknowledged: string[] = [];
  readonly registered: string[] = [];
  /** Rows were taken away behind the engine's back. */
  isDamaged = false;
  /** Alarms that the engines of all lives raised. */
  readonly alarms = new Set<string>();
  /** Complaints of the lines of all lives. */
  readonly breaches: string[] = [];
  store: MemorySyncStore;
  readonly #options: ConsoleOptions;
  readonly #random: () => number;
  #life: { readonly net: FaultyTransport; readonly engine: SyncEngine; isOver: boolean };

  constructor(options: ConsoleOptions) {
    this.#options = options;
    this.actor = options.actor;
    const letters = Array.from(options.actor.id, (letter) => letter.charCodeAt(0));
    this.#random = seededRandom(letters.reduce((sum, code) => sum * 31 + code, 0));
    this.store = new MemorySyncStore(options.newId());
    this.#life = this.#begin([]);
  }

  /** A process: what it was doing is gone with it, except requests already on the wire. */
  #begin(lateRequests: readonly (() => Promise<unknown>)[]) {
    const { region, newId, time, spoil = (ports) => ports } = this.#options;
    const { clocks = () => ({ wall: time.now(), steady: time.now() }) } = this.#options;
    const net = new FaultyTransport(region.transport(this.actor, time.now), time.now);
    net.lateRequests.push(...lateRequests);
    const inTurn = serialQueue();
    const life = { net, isOver: false };
    const startTimer: StartTimer = (ms, run) => {
      net.noteLife();
      return time.startTimer(ms, () => {
        if (life.isOver) return;
        net.endPause();
        run();
      });
    };
    const ports = spoil({
      store: this.store,
      journal: this.journal,
      transport: net.asTransport(),
      contexts: referenceContexts(this.store, ZONE),
      actor: this.actor,
      now: time.now,
      clock: new CentreClock(clocks),
      startTimer,
      random: this.#random,
      newId,
      exclusive: (work) => {
        net.noteLife();
        return inTurn(work);
      },
    });
    const engine = new SyncEngine({ ports, appVersion: 'simulation', onChange: () => undefined });
    return Object.assign(life, { engine });
  }

  async start(): Promise<void> {
    await this.#life.engine.start();
    await this.settle();
  }

  /** Begins with a copy of what another has downloaded, because that is the dearest part of a history. */
  async startWith(other: SimulatedConsole): Promise<void> {
    this.store = await other.store.copyFor(this.#options.newId());
    await this.journal.markFilled();
    this.#life = this.#begin([]);
    await this.start();
  }

  /** Comes back when nothing goes on that ends by itself. */
  async settle(): Promise<void> {
    const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
    await turn();
    while (this.#life.net.isBusy) {
      await this.#life.net.nextEnd();
      await turn();
    }
    this.#life.net.noteRest();
    for (const { kind } of (await this.#life.engine.status()).alarms) this.alarms.add(kind);
    this.breaches.push(...this.#life.net.breaches.splice(0));
  }

  async crash(): Promise<void> {
    await this.settle();
    this.#life.isOver = true;
    const { isDown, lateRequests } = this.#life.net;
    this.#life = this.#begin(lateRequests);
    this.#life.net.isDown = isDown;
    await this.start();
  }

  /** The local database silently comes back empty at the next start. */
  async loseDatabase(): Promise<void> {
    this.store = new MemorySyncStore(this.#options.newId());
    await this.crash();
  }

  /** A row that nobody works on vanishes from a complete copy without a word. */
  async damage(): Promise<void> {
    if ((await this.store.meta()).bootstrap.part !== 'done') return;
    const pending = new Set((await this.store.outbox()).map(({ incident }) => incident));
    const [gone] = [...this.store.allViews().keys()].filter((id) => !pending.has(id));
    if (gone === undefined) return;
    await this.store.apply({ ...NOTHING, gone: [gone] });
    this.isDamaged = true;
  }

  /** Queues faults for the next exchanges. */
  spoilLine(faults: readonly Fault[]): void {
    this.#life.net.faults = [...faults];
  }

  async act(kind: number, incident: string, n: number): Promise<Dispatched> {
    const { code } = this.#options.region;
    return this.dispatch(incident, commandFor(kind, await this.store.view(incident), n, code));
  }

  async dispatch(incident: string, command: IncidentCommand): Promise<Dispatched> {
    const dispatched = await this.#life.engine.dispatch(incident, command);
    if (dispatched.ok) {
      this.acknowledged.push(dispatched.id);
      if (!this.registered.includes(dispatched.incident)) this.registered.push(dispatched.incident);
    }
    await this.settle();
    return dispatched;
  }

  /** Somebody presses the button or has logged in again. */
  async syncNow(): Promise<void> {
    this.#life.net.ask();
    this.#life.engine.syncNow();
    await this.settle();
  }

  async poke(): Promise<void> {
    this.#life.net.poke();
    await this.settle();
  }

  /** The cable is plugged in, which the system tells the console, or pulled. */
  async setLine(isUp: boolean): Promise<void> {
    this.#life.net.isDown = !isUp;
    if (isUp) return this.syncNow();
    this.#life.net.cut();
    await this.settle();
  }

  async deliverLateAnswer(newest: boolean): Promise<void> {
    const { lateAnswers } = this.#life.net;
    (newest ? lateAnswers.pop() : lateAnswers.shift())?.();
    await this.settle();
  }

  async deliverLateRequest(newest: boolean): Promise<void> {
    const { lateRequests } = this.#life.net;
    await (newest ? lateRequests.pop() : lateRequests.shift())?.();
  }

  /** A calm network, everything late delivered, and somebody who asks. */
  async drain(): Promise<void> {
    this.spoilLine([]);
    this.#life.net.isDown = false;
    while (this.#life.net.lateRequests.length > 0) await this.deliverLateRequest(false);
    while (this.#life.net.lateAnswers.length > 0) await this.deliverLateAnswer(false);
    await this.syncNow();
  }

  async status(): ReturnType<SyncEngine['status']> {
    return this.#life.engine.status();
  }

  /** Offers every command ever acknowledged once more, as after losing all that was known of them. */
  async offerEverythingAgain(): Promise<void> {
    const { region, newId, time } = this.#options;
    const entries = await this.journal.read();
    const clientId = newId();
    for (let from = 0; from < entries.length; from += 50) {
      const commands = entries
        .slice(from, from + 50)
        .map(({ id, actor, incident, name, args, at, baseVersion }, index) => ({
          id,
          seq: from + index + 1,
          actor,
          incident,
          name,
          args,
          at,
          baseVersion,
        }));
      const transport = region.transport(this.actor, time.now);
      const answer = await transport.push({ protocol: 1, clientId, commands });
      if (!answer.ok || answer.value.gap !== null)
        throw new Error(`offering again: ${JSON.stringify(answer)}`);
    }
  }
}
