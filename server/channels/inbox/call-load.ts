import { setTimeout as sleep } from 'node:timers/promises';

const WINDOW_MS = 250;
/** Calls within a window from which on they are a storm: 200 a second. */
const STORM = 50;
const LOOK_MS = 25;
/** Whoever waits for calm goes on after so long: a storm slows work down and does not stop it. */
const PATIENCE_MS = 250;
/** A storm that lasts longer counts as the usual load: what it brings must be read as well. */
const LONG_MS = 60_000;

/**
 * Networks want their calls answered at once and give up on who is slow, while what is stored may wait to be
 * read: during a storm of calls the work of this process on stored events steps back.
 */
export class CallLoad {
  readonly #now: () => number;
  #began = Number.NEGATIVE_INFINITY;
  #calls = 0;
  #before = 0;
  /** When the storm began; null: there is none. */
  #since: number | null = null;

  constructor(now = (): number => performance.now()) {
    this.#now = now;
  }

  /** A call came in. */
  note(): void {
    this.#calls += 1;
    this.#look();
  }

  /**
   * Waits until calls come slower, for a quarter of a second at most. Tells whether there is time for all
   * work now.
   */
  async calm(): Promise<boolean> {
    for (const from = this.#now(); this.#now() - from < PATIENCE_MS; await sleep(LOOK_MS)) {
      this.#look();
      if (this.#since === null) return true;
    }
    return this.#since === null || this.#now() - this.#since > LONG_MS;
  }

  #look(): void {
    const now = this.#now();
    const passed = now - this.#began;
    if (passed >= WINDOW_MS) {
      this.#before = passed < 2 * WINDOW_MS ? this.#calls : 0;
      this.#calls = 0;
      this.#began = now;
    }
    this.#since = Math.max(this.#calls, this.#before) < STORM ? null : (this.#since ?? now);
  }
}
