import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Envelope, CommandOutcome } from '#shared/protocol/envelope.ts';
import { ApiRefused, registerArgs, type ApiClient } from './api-client.ts';

/** A command whose acceptance the writer was told. */
export interface Acknowledged {
  readonly command: Envelope;
  readonly outcome: CommandOutcome;
}

/**
 * A console's sending side without a screen: pushes small batches of its own and shared work without end,
 * keeps what is not answered and sends it again unchanged, so the API's process may die under it at any
 * moment.
 */
export class SteadyWriter {
  readonly client: ApiClient;
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Answers that were not promises: connection broken, 503. */
  troubles = 0;
  /** Answers that no API should ever give a well-behaved client. */
  readonly complaints: string[] = [];
  readonly #shared: readonly string[];
  readonly #own: string[] = [];
  #outbox: Envelope[] = [];
  #isStopped = false;
  #running: Promise<void> = Promise.resolve();

  constructor(client: ApiClient, shared: readonly string[]) {
    this.client = client;
    this.#shared = shared;
  }

  start(): void {
    this.#isStopped = false;
    this.#running = this.#run();
  }

  /** Lets the batch under way end, however it ends. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  /** Sends what is left until it is answered. */
  async flush(): Promise<void> {
    for (const deadline = Date.now() + 60_000; this.#outbox.length > 0;) {
      await this.#send();
      if (Date.now() > deadline) throw new Error(`Not answered: ${this.#outbox.length} commands`);
    }
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      if (this.#outbox.length === 0) this.#outbox = this.#nextBatch();
      await this.#send();
    }
  }

  async #send(): Promise<void> {
    const batch = this.#outbox;
    try {
      const { outcomes, gap } = await this.client.push(batch);
      if (gap !== null) this.complaints.push(`a gap at ${gap}, sent ${batch[0]?.seq}`);
      for (const outcome of outcomes) this.#acknowledge(batch, outcome);
      this.#outbox = batch.filter(({ id }) => !this.acknowledged.has(id));
    } catch (error) {
      if (error instanceof ApiRefused && error.status !== 503) this.complaints.push(error.message);
      this.troubles += 1;
      await sleep(50);
    }
  }

  #acknowledge(batch: readonly Envelope[], outcome: CommandOutcome): void {
    const command = batch.find(({ id }) => id === outcome.id);
    if (command === undefined || command.seq !== outcome.seq)
      this.complaints.push(`an answer to nothing: ${outcome.id}`);
    else this.acknowledged.set(outcome.id, { command, outcome });
  }

  #nextBatch(): Envelope[] {
    return Array.from({ length: randomInt(1, 6) }, () => this.#nextCommand());
  }

  #nextCommand(): Envelope {
    const dice = randomInt(10);
    if (dice < 2 || this.#own.length === 0) {
      const id = uuidv7();
      this.#own.push(id);
      return this.client.envelope(
        id,
        'register',
        registerArgs('Яма у дома', this.client.session.account.displayName),
      );
    }
    const common = this.#shared[randomInt(this.#shared.length)];
    const own = this.#own[randomInt(this.#own.length)] ?? '';
    // Refused for every writer but the first: refusals must survive as well as acceptances.
    if (dice === 2) return this.client.envelope(common ?? own, 'claim', {});
    return this.client.envelope(dice < 6 ? (common ?? own) : own, 'note', { text: `заметка ${uuidv7()}` });
  }
}
