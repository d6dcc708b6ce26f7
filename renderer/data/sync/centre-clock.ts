import type { Instant } from '#shared/domain/instant.ts';
import { clockOffset } from './clock-offset.ts';

/** A workstation's two clocks, ms: the one that people and networks set, and one that only runs. */
export interface MachineClocks {
  readonly wall: Instant;
  readonly steady: number;
}

/** A reading of the clock that is set: what it said, and how often it had jumped before. */
export interface Reading {
  readonly wall: Instant;
  readonly jumps: number;
}

/** The centre's answer to what time it is: when it came here, and how long it took. */
export interface Measurement {
  readonly serverTime: Instant;
  readonly roundTripMs: number;
  readonly arrived: Reading;
}

/** Two clocks of one machine part by less than this; anything more is a clock that was set, or a sleep. */
const TOLERANCE_MS = 1000;
const SAMPLES = 8;

/**
 * Knows whether the measured offset of this workstation's clock from the centre's still holds: until the
 * clock jumps. The steady clock shows that. Where it stands still while the machine sleeps, a sleep looks
 * like a jump forward; both are answered by measuring again.
 */
export class CentreClock {
  readonly #read: () => MachineClocks;
  #last: MachineClocks;
  #jumps = 0;
  #unfollowed: number[] = [];
  #samples: readonly Measurement[] = [];

  constructor(read: () => MachineClocks) {
    this.#read = read;
    this.#last = read();
  }

  /** True once the offset was measured by the clock as it goes now. */
  get isMeasured(): boolean {
    return this.#samples.length > 0;
  }

  /** True while {@link takeJumps} has something to give. */
  get hasJumped(): boolean {
    return this.#unfollowed.length > 0;
  }

  read(): Reading {
    const [last, now] = [this.#last, this.#read()];
    const jump = now.wall - last.wall - (now.steady - last.steady);
    if (Math.abs(jump) >= TOLERANCE_MS) {
      this.#last = now;
      this.#samples = [];
      this.#jumps += 1;
      this.#unfollowed.push(jump);
    }
    return { wall: now.wall, jumps: this.#jumps };
  }

  /**
   * Gives the jumps since this was last asked, ms, in their order. One below 0 is a clock that was put back,
   * and makes its offset so much larger; one above may be a sleep, and leaves the offset what it was until it
   * is measured.
   */
  takeJumps(): readonly number[] {
    const jumps = this.#unfollowed;
    this.#unfollowed = [];
    return jumps;
  }

  /** Takes in what the centre's clock says, and gives the offset; null when ours has jumped since. */
  measure(measurement: Measurement): number | null {
    if (measurement.arrived.jumps !== this.#jumps) return null;
    this.#samples = [...this.#samples, measurement].slice(-SAMPLES);
    return clockOffset(this.#samples.map(({ arrived, ...rest }) => ({ ...rest, at: arrived.wall })));
  }
}

/** The clocks of this machine. */
export const systemClocks = (): MachineClocks => ({ wall: Date.now(), steady: performance.now() });
