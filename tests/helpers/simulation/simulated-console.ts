import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Actor } from '#shared/domain/actor.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { bootstrapPage, isUsable } from '#renderer/data/sync/bootstrap.ts';
import type { Dispatched } from '#renderer/data/sync/outbox.ts';
import { dispatch } from '#tests/helpers/dispatch.ts';
import { OutcomeMemory } from '#renderer/data/sync/outcome-memory.ts';
import type { SyncPorts } from '#renderer/data/sync/ports.ts';
import { systemTimer } from '#renderer/data/sync/pause.ts';
import { pullOnce } from '#renderer/data/sync/pull.ts';
import { pushOnce } from '#renderer/data/sync/push.ts';
import { agreeOnEpoch, recoverLostDatabase } from '#renderer/data/sync/recover.ts';
import { referenceContexts } from '#renderer/data/sync/reference-context.ts';
import { repairOnce } from '#renderer/data/sync/repair.ts';
import { MemoryJournal } from '../memory-journal.ts';
import { MemorySyncStore } from '../memory-sync-store.ts';
import { NOON, ZONE } from '../sync-fixtures.ts';
import { commandFor } from './commands.ts';
import { FaultyTransport, type Fault } from './faulty-transport.ts';
import type { SimulatedRegion } from './region.ts';

/** How the engine's push and pull are called; a planted bug replaces one of them. */
export interface Steps {
  readonly push: typeof pushOnce;
  readonly pull: typeof pullOnce;
}

export const REAL_STEPS: Steps = { push: pushOnce, pull: pullOnce };

/**
 * One workstation: the product's own modules over a store in memory, a journal that survives, and a network
 * that fails on wish.
 */
export class SimulatedConsole {
  readonly actor: Actor;
  readonly journal = new MemoryJournal();
  /** Commands the operator was told are saved. */
  readonly acknowledged: string[] = [];
  readonly registered: string[] = [];
  store: MemorySyncStore;
  #net: FaultyTransport;
  #ports: SyncPorts;
  #memory = new OutcomeMemory();
  readonly #region: SimulatedRegion;
  readonly #newId: () => string;
  readonly #steps: Steps;
  #greeted = false;

  constructor(region: SimulatedRegion, actor: Actor, newId: () => string, steps: Steps) {
    this.#region = region;
    this.actor = actor;
    this.#newId = newId;
    this.#steps = steps;
    this.store = new MemorySyncStore(newId());
    this.#net = new FaultyTransport(region.transport(actor));
    this.#ports = this.#makePorts();
  }

  #makePorts(): SyncPorts {
    return {
      store: this.store,
      journal: this.journal,
      transport: this.#net.asTransport(),
      contexts: referenceContexts(this.store, ZONE),
      actor: this.actor,
      now: () => NOON,
      startTimer: systemTimer,
      random: () => 0.5,
      newId: this.#newId,
      exclusive: serialQueue(),
      onTrouble: () => undefined,
    };
  }

  async startWith(other: SimulatedConsole): Promise<void> {
    this.store = await other.store.copyFor(this.#newId());
    await this.journal.markFilled();
    this.#ports = this.#makePorts();
  }

  /**
   * Everything in flight is gone with the process, except requests already on the wire. What is on disk
   * stays.
   */
  async crash(): Promise<void> {
    const { lateRequests } = this.#net;
    this.#net = new FaultyTransport(this.#region.transport(this.actor));
    this.#net.lateRequests.push(...lateRequests);
    this.#memory = new OutcomeMemory();
    this.#ports = this.#makePorts();
    this.#greeted = false;
    await recoverLostDatabase(this.#ports);
  }

  /** The local database silently comes back empty at the next start. */
  async loseDatabase(): Promise<void> {
    this.store = new MemorySyncStore(this.#newId());
    await this.crash();
  }

  async act(kind: number, incident: string, n: number): Promise<Dispatched> {
    return this.wish(incident, commandFor(kind, await this.store.view(incident), n, this.#region.code));
  }

  async wish(incident: string, command: IncidentCommand): Promise<Dispatched> {
    const acted = await dispatch(this.#ports, incident, command);
    if (acted.ok) {
      this.acknowledged.push(acted.id);
      if (!this.registered.includes(acted.incident)) this.registered.push(acted.incident);
    }
    return acted;
  }

  /**
   * What the engine's loop does next by itself: greet, download, then push or pull. Resolves early when an
   * answer is late.
   */
  async step(what: 'push' | 'pull', fault: Fault, limit: number): Promise<void> {
    if (!this.#greeted) await this.#greet();
    const { bootstrap } = await this.store.meta();
    if (!isUsable(bootstrap) || (what === 'pull' && bootstrap.part !== 'done' && limit % 2 === 0))
      return this.#withFault(fault, () => bootstrapPage(this.#ports));
    if (what === 'push') return this.#withFault(fault, () => this.#steps.push(this.#ports, this.#memory));
    return this.#withFault(fault, () => this.#steps.pull(this.#ports, this.#memory, limit));
  }

  async #greet(): Promise<void> {
    const { clientId } = await this.store.meta();
    const hello = await this.#ports.transport.hello({ protocols: [1], appVersion: 'simulation', clientId });
    if (!hello.ok) throw new Error(`hello: ${hello.failure.kind}`);
    const agreed = await agreeOnEpoch(this.#ports, hello.value.value);
    this.#greeted = agreed.ok;
  }

  async #withFault(fault: Fault, work: () => Promise<unknown>): Promise<void> {
    this.#net.fault = fault;
    const waiting = this.#net.lateAnswers.length;
    let done = false;
    const working = work().finally(() => {
      done = true;
    });
    if (fault !== 'late_answer') {
      await working;
      this.#net.fault = 'none';
      return;
    }
    // The exchange ends when its answer is delivered; here it is only followed until the answer is under way.
    working.catch(() => undefined);
    while (!done && this.#net.lateAnswers.length === waiting)
      await new Promise((resolve) => setImmediate(resolve));
    this.#net.fault = 'none';
  }

  async deliverLateAnswer(newest: boolean): Promise<void> {
    const deliver = newest ? this.#net.lateAnswers.pop() : this.#net.lateAnswers.shift();
    deliver?.();
    // The answer is worked on without touching any I/O, so one turn of the loop is enough for all its
    // promises.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async deliverLateRequest(newest: boolean): Promise<void> {
    await (newest ? this.#net.lateRequests.pop() : this.#net.lateRequests.shift())?.();
  }

  /** A calm network, and time enough. */
  async drain(): Promise<void> {
    while (this.#net.lateAnswers.length > 0) await this.deliverLateAnswer(false);
    while (this.#net.lateRequests.length > 0) await this.deliverLateRequest(false);
    if (!this.#greeted) await this.#greet();
    while ((await this.store.meta()).bootstrap.part !== 'done')
      this.#mustBe(await bootstrapPage(this.#ports));
    for (let round = 0; round < 60; round += 1) {
      const pushed = await this.#steps.push(this.#ports, this.#memory);
      if (pushed.kind === 'failed') throw new Error(`push: ${JSON.stringify(pushed.failure)}`);
      const pulled = await this.#steps.pull(this.#ports, this.#memory, 1000);
      this.#mustBe(pulled);
      if (pushed.kind === 'idle' && pulled.ok && pulled.value.kind === 'applied' && !pulled.value.more)
        return;
    }
    throw new Error('the console never came to rest');
  }

  #mustBe(answer: { readonly ok: boolean }): void {
    if (!answer.ok) throw new Error(`a calm network failed: ${JSON.stringify(answer)}`);
  }

  /** What the copies' digests say; must agree whenever the rows do. */
  async digestAgrees(): Promise<boolean> {
    const repaired = await repairOnce(this.#ports);
    return repaired.ok && repaired.value.kind === 'agree';
  }

  /** Offers every command ever acknowledged once more, as after losing all that was known of them. */
  async offerEverythingAgain(): Promise<void> {
    const entries = await this.journal.read();
    const clientId = this.#newId();
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
      const answer = await this.#region.transport(this.actor).push({ protocol: 1, clientId, commands });
      if (!answer.ok || answer.value.gap !== null)
        throw new Error(`offering again: ${JSON.stringify(answer)}`);
    }
  }
}
