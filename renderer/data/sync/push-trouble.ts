import { LIMITS } from '#shared/protocol/version.ts';
import type { Failure } from './failure.ts';

/** Pushes of a command alone, each failed while the API answered other questions, before it is shelved. */
export const SHELVE_AFTER = 3;

/** True when a failed push may be the fault of what was pushed: of its answer nothing can be said. */
export const mayBeItsFault = (failure: Failure): boolean =>
  failure.kind === 'network' ||
  failure.kind === 'nonsense' ||
  (failure.kind === 'busy' && failure.status >= 500);

interface Failed {
  readonly ids: readonly string[];
  readonly failure: Failure;
}

/**
 * Remembers pushes that failed, to find the one command that is the matter: half of a batch is tried next,
 * down to one. A failure counts only when the API has answered another question after it; else the network or
 * the API is away, and no command is to blame. Kept in memory: what a restart forgets is found again.
 */
export class PushTrouble {
  readonly #alone = new Map<string, number>();
  #limit: number = LIMITS.pushCommands;
  #failed: Failed | null = null;
  #last: Failure | null = null;
  /** Work has been answered since the last command was shelved. */
  isWorkAnswered = false;

  /** Commands to push at a time. */
  get limit(): number {
    return this.#limit;
  }

  /** Failed pushes of this command alone. */
  attempts(id: string): number {
    return this.#alone.get(id) ?? 0;
  }

  /** The HTTP status of the last failure; null where no answer came. */
  get status(): number | null {
    return this.#last !== null && 'status' in this.#last ? this.#last.status : null;
  }

  failed(items: readonly { readonly id: string }[], failure: Failure): void {
    this.#failed = mayBeItsFault(failure) ? { ids: items.map(({ id }) => id), failure } : null;
  }

  /** Commands were answered. */
  answered(): void {
    this.#alone.clear();
    this.#failed = null;
    this.#limit = Math.min(LIMITS.pushCommands, this.#limit * 2);
    this.isWorkAnswered = true;
  }

  /** The API has answered another question, or not: then nobody is to blame. */
  asked(isAnswered: boolean): void {
    const failed = this.#failed;
    this.#failed = null;
    const [only] = failed?.ids ?? [];
    if (failed === null || only === undefined || !isAnswered) return;
    this.#last = failed.failure;
    if (failed.ids.length === 1) this.#alone.set(only, this.attempts(only) + 1);
    else this.#limit = Math.ceil(failed.ids.length / 2);
  }

  shelved(): void {
    this.#alone.clear();
    this.isWorkAnswered = false;
  }
}
