import type { Instant } from '#shared/domain/instant.ts';
import type { StartTimer } from '#renderer/data/sync/pause.ts';
import { NOON } from '../sync-fixtures.ts';

interface Timer {
  readonly at: Instant;
  readonly run: () => void;
}

/** One clock for everybody in a history. It stands unless it is moved. */
export class VirtualTime {
  #now: Instant = NOON;
  readonly #timers = new Set<Timer>();

  readonly now = (): Instant => this.#now;

  readonly startTimer: StartTimer = (ms, run) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /**
   * Moves on as a workstation that slept: what fell due meanwhile rings once, in its order, and whoever it
   * woke comes to rest before the next. What they start then is a matter of later.
   */
  async pass(ms: number, settle: () => Promise<void>): Promise<void> {
    this.#now += ms;
    const due = [...this.#timers].filter(({ at }) => at <= this.#now).toSorted((a, b) => a.at - b.at);
    for (const timer of due) {
      // One that rang before may have taken it back.
      if (!this.#timers.delete(timer)) continue;
      timer.run();
      await settle();
    }
  }
}

/** Uniform draws in [0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
