import type { CommandOutcome } from '#shared/protocol/envelope.ts';

/**
 * Outcomes that pushes answered with, until the feed has shown them. Kept in memory only: what a restart
 * forgets is asked for again, and the API answers a command it knows with the outcome it stored.
 */
export class OutcomeMemory {
  readonly #known = new Map<string, CommandOutcome>();

  remember(outcomes: readonly CommandOutcome[]): void {
    // One that waits has no outcome yet.
    for (const outcome of outcomes) if (outcome.status !== 'waits') this.#known.set(outcome.id, outcome);
  }

  get(id: string): CommandOutcome | undefined {
    return this.#known.get(id);
  }

  forget(ids: readonly string[]): void {
    for (const id of ids) this.#known.delete(id);
  }
}
