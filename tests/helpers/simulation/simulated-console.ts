import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Actor } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
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
import { CAMPAIGN_ID, commandFor, nextOn, targetOf, type SimulatedCommand } from './commands.ts';
import { countingTransport } from './counting-transport.ts';
import { Coverage } from './coverage.ts';
import { FaultyTransport, type Fault } from './faulty-transport.ts';
import { RELEASE_NAMES, unknownThen, type Release } from './next-release.ts';
import type { SimulatedRegion } from './region.ts';
import { spoiledJournal, spoiledStore, type StorageWays } from './spoiled-storage.ts';
import { spokenByNext } from './two-releases.ts';
import { seededRandom, type VirtualTime } from './virtual-time.ts';

/** The ports of an engine without what it makes itself. */
export type EnginePorts = Omit<SyncPorts, 'onTrouble'>;

export interface ConsoleOptions {
  readonly region: Pick<SimulatedRegion, 'code' | 'transport' | 'sessionOf'>;
  readonly actor: Actor;
  readonly newId: () => string;
  readonly time: VirtualTime;
  /** The workstation's own clocks, where the history does not say how they go. */
  readonly clocks?: () => MachineClocks;
  readonly coverage?: Coverage;
  /** A planted bug: ports that misbehave. */
  readonly spoil?: (ports: EnginePorts) => EnginePorts;
}

interface Life {
  readonly net: FaultyTransport;
  readonly engine: SyncEngine;
  isOver: boolean;
}

/**
 * One workstation: the product's engine over a store in memory, a journal that survives, virtual time and a
 * network that fails on wish. Every call comes back when nothing goes on any more but what waits for a timer
 * or for a late answer.
 */
export class SimulatedConsole {
  /** As the account was at first. */
  readonly base: Actor;
  /** As the person logged in last. */
  actor: Actor;
  journal = new MemoryJournal();
  /** Commands the operator was told are saved. */
  readonly acknowledged: string[] = [];
  readonly registered: string[] = [];
  /** Commands of which every copy here was taken away: what became of them nobody here can know. */
  readonly forgiven = new Set<string>();
  /** Commands that the journal lost: once they were sent, only the API has them. */
  readonly notInJournal = new Set<string>();
  /** Commands that only the database holds. */
  readonly #onlyInDatabase = new Set<string>();
  /** Commands that were not accepted and done once more under another id. */
  readonly appliedAgain = new Set<string>();
  /** Rows were taken away behind the engine's back. */
  isDamaged = false;
  /** Alarms that the engines of all lives raised. */
  readonly alarms = new Set<string>();
  store: MemorySyncStore;
  readonly #options: ConsoleOptions;
  readonly #coverage: Coverage;
  readonly #random: () => number;
  #skew = 0;
  #isFull = false;
  #release: Release = 'today';
  /** The console could not open its copy: nobody works at it until there is room. */
  #isShut = false;
  #life: Life;

  constructor(options: ConsoleOptions) {
    this.#options = options;
    this.#coverage = options.coverage ?? new Coverage();
    this.base = options.actor;
    this.actor = options.actor;
    const letters = Array.from(options.actor.id, (letter) => letter.charCodeAt(0));
    this.#random = seededRandom(letters.reduce((sum, code) => sum * 31 + code, 0));
    this.store = new MemorySyncStore(options.newId());
    this.#life = this.#begin([]);
  }

  /** The clock on the wall of this workstation may be set; the other one only runs. */
  readonly #clocks = (): MachineClocks => ({ wall: this.now(), steady: this.#options.time.now() });

  /** This workstation's clock. */
  readonly now = (): Instant => this.#options.time.now() + this.#skew;

  /** A process: what it was doing is gone with it, except requests already on the wire. */
  #begin(lateRequests: readonly (() => Promise<unknown>)[]): Life {
    const { region, newId, time, spoil = (ports) => ports } = this.#options;
    const { clocks = this.#clocks } = this.#options;
    const coverage = this.#coverage;
    const told = countingTransport(region.transport(this.base, time.now), coverage);
    const real = this.#release === 'next' ? spokenByNext(told) : told;
    const net = new FaultyTransport(real, time.now, (kind, fault) =>
      coverage.count('exchanges and their faults', `${kind}: ${fault}`),
    );
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
    const ways = this.#storageWays();
    const ports = spoil({
      store: spoiledStore(this.store, ways),
      journal: spoiledJournal(this.journal, ways),
      transport: net.asTransport(),
      contexts: referenceContexts(this.store, ZONE),
      actor: this.actor,
      now: this.now,
      clock: new CentreClock(clocks),
      startTimer,
      random: this.#random,
      newId,
      exclusive: (work) => {
        net.noteLife();
        return inTurn(work);
      },
    });
    const engine = new SyncEngine({
      ports,
      appVersion: RELEASE_NAMES[this.#release],
      onChange: () => undefined,
      onStep: (before, happening, after) => {
        coverage.count('session', `${before.activity} —${happening.kind}→ ${after.activity}`);
        coverage.count('connections shown', after.connection.state);
      },
    });
    return Object.assign(life, { engine });
  }

  #storageWays(): StorageWays {
    return {
      isFull: () => this.#isFull,
      release: () => this.#release,
      onlyInDatabase: (id) => {
        this.#onlyInDatabase.add(id);
        this.notInJournal.add(id);
      },
    };
  }

  async start(): Promise<void> {
    try {
      await this.#life.engine.start();
    } catch (error) {
      if (!this.#isFull) throw error;
      this.#isShut = true;
    }
    await this.settle();
  }

  /** Begins with a copy of what another has downloaded, because that is the dearest part of a history. */
  async startWith(other: SimulatedConsole): Promise<void> {
    this.store = await other.store.copyFor(this.#options.newId());
    await this.journal.markFilled();
    this.#life = this.#begin([]);
    await this.start();
  }

  /** Comes back when nothing goes on that ends by itself. Throws what the line had to complain of. */
  async settle(): Promise<void> {
    const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
    await turn();
    while (this.#life.net.isBusy) {
      await this.#life.net.nextEnd();
      await turn();
    }
    this.#life.net.noteRest();
    const { alarms } = await this.#life.engine.status();
    for (const { kind } of alarms) {
      if (!this.alarms.has(kind)) this.#coverage.count('alarms', kind);
      this.alarms.add(kind);
    }
    const { breaches } = this.#life.net;
    if (breaches.length > 0) throw new Error(`${this.actor.id}: ${breaches.join(', ')}`);
  }

  async crash(): Promise<void> {
    await this.settle();
    await this.#beginAnew();
  }

  /** The person logs in again by the way, with the rights the account has now. */
  async #beginAnew(): Promise<void> {
    this.#life.isOver = true;
    const { isDown, lateRequests } = this.#life.net;
    const { role, agency, isDisabled } = this.#options.region.sessionOf(this.base);
    if (!isDisabled) this.actor = { ...this.actor, role, agency };
    this.#isShut = false;
    this.#life = this.#begin(lateRequests);
    this.#life.net.isDown = isDown;
    await this.start();
  }

  /** Another tab becomes the owner: the engine of this one ends what it was doing, and the other's begins. */
  async takeOver(): Promise<void> {
    if (this.#isShut) return;
    const { engine, net } = this.#life;
    // A page that it has read by then comes to nothing.
    const stopped = engine.stop().then(() => net.noteLife());
    while (this.#life.net.lateAnswers.length > 0) await this.deliverLateAnswer(false);
    await stopped;
    await this.settle();
    await this.#beginAnew();
  }

  /** The local database silently comes back empty at the next start. */
  async loseDatabase(): Promise<void> {
    for (const id of this.#onlyInDatabase) this.forgiven.add(id);
    this.store = new MemorySyncStore(this.#options.newId());
    await this.crash();
  }

  /** The file of the journal is gone; the database holds what was not sent. */
  async loseJournal(): Promise<void> {
    for (const id of this.acknowledged) {
      this.#onlyInDatabase.add(id);
      this.notInJournal.add(id);
      // A database that was lost and had no room for what the journal brings back holds nothing.
      if (this.#isShut) this.forgiven.add(id);
    }
    this.journal = new MemoryJournal();
    await this.crash();
  }

  /** Everything that this workstation keeps is wiped. */
  async wipe(): Promise<void> {
    for (const id of this.acknowledged) this.forgiven.add(id);
    this.journal = new MemoryJournal();
    await this.loseDatabase();
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

  jumpClock(ms: number): void {
    this.#skew += ms;
  }

  /** The disk is full, or has room again. */
  async setRoom(isFull: boolean): Promise<void> {
    this.#isFull = isFull;
    if (!isFull && this.#isShut) await this.#beginAnew();
  }

  /** The console is replaced by one of another release, between two starts. */
  async setRelease(release: Release): Promise<void> {
    if (release === this.#release) return;
    this.#release = release;
    await this.crash();
  }

  /** The person sends once more what an API of an earlier release did not know, where this console does. */
  async applyAgain(): Promise<void> {
    for (const entry of this.#isShut ? [] : await this.store.notAccepted()) {
      const command = unknownThen(entry, this.#release);
      if (command === null || !(await this.#tryDispatch(entry.incident, command))?.ok) continue;
      this.appliedAgain.add(entry.id);
      await this.#life.engine.dismissNotAccepted(entry.id);
    }
  }

  /** Queues faults for the next exchanges. */
  spoilLine(faults: readonly Fault[]): void {
    this.#life.net.faults = [...faults];
  }

  /** Gives a command, or without a name the one that usually comes next. */
  async act(
    wanted: SimulatedCommand | null,
    incident: string,
    n: number,
    others: readonly string[],
  ): Promise<void> {
    if (this.#isShut) return;
    const campaign = (await this.store.reference()).find(({ id }) => id === CAMPAIGN_ID)?.row ?? null;
    const view = await this.store.view(incident);
    const name = wanted ?? nextOn(view, n);
    const sight = {
      incident: view,
      region: this.#options.region.code,
      others,
      campaign: campaign as Readonly<Record<string, unknown>> | null,
    };
    const command = commandFor(name, sight, n);
    const dispatched = await this.#tryDispatch(targetOf(name, incident), command);
    if (dispatched?.ok === false)
      this.#coverage.count('refusals on the console', `${name}: ${dispatched.refusal.kind}`);
  }

  /** Null without room: the person is told so, and nothing is saved. */
  #tryDispatch(incident: string, command: Command): Promise<Dispatched | null> {
    return this.dispatch(incident, command).catch((error: unknown) => {
      if (!this.#isFull) throw error;
      return null;
    });
  }

  async dispatch(incident: string, command: Command): Promise<Dispatched> {
    const dispatched = await this.#life.engine.dispatch(incident, command);
    if (dispatched.ok) {
      this.#coverage.commands += 1;
      this.acknowledged.push(dispatched.id);
      if (command.name === 'register') this.registered.push(dispatched.incident);
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

  /** A calm network, room on the disk, everything late delivered, and somebody who sends again and asks. */
  async drain(): Promise<void> {
    this.spoilLine([]);
    await this.setRoom(false);
    this.#life.net.isDown = false;
    while (this.#life.net.lateRequests.length > 0) await this.deliverLateRequest(false);
    while (this.#life.net.lateAnswers.length > 0) await this.deliverLateAnswer(false);
    for (const { id } of await this.#life.engine.shelved()) await this.#life.engine.retryShelved(id);
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
    const transport = region.transport(this.base, time.now);
    for (let from = 0; from < entries.length; from += 50) {
      const commands = entries
        .slice(from, from + 50)
        .map(({ clientId: _clientId, known: _known, state: _state, ...envelope }, index) => ({
          ...envelope,
          seq: from + index + 1,
        }));
      const answer = await transport.push({ protocol: 1, clientId, commands });
      if (!answer.ok || answer.value.gap !== null)
        throw new Error(`offering again: ${JSON.stringify(answer)}`);
    }
  }
}
