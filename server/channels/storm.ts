import { setTimeout as sleep } from 'node:timers/promises';

const WINDOW_MS = 250;
/** Calls within a window from which on they are a storm: 200 a second. */
const STORM = 50;
const LOOK_MS = 25;
/** Whoever waits for calm goes on after so long: a storm slows work down and does not stop it. */
const PATIENCE_MS = 250;

/**
 * Networks want their calls answered at once and give up on who is slow, while what is stored may wait to be read: during a storm of
 * calls the work of this process on stored events steps back.
 */
export class Storm {
  #began = 0;
  #calls = 0;
  #before = 0;

  /** A call came in. */
  note(): void {
    this.#turn();
    this.#calls += 1;
  }

  /** Waits until calls come slower, for a quarter of a second at most. Tells whether they do. */
  async calm(): Promise<boolean> {
    for (const from = performance.now(); performance.now() - from < PATIENCE_MS; await sleep(LOOK_MS)) {
      this.#turn();
      if (Math.max(this.#calls, this.#before) < STORM) return true;
    }
    return false;
  }

  #turn(): void {
    const passed = performance.now() - this.#began;
    if (passed < WINDOW_MS) return;
    this.#before = passed < 2 * WINDOW_MS ? this.#calls : 0;
    this.#calls = 0;
    this.#began = performance.now();
  }
}
