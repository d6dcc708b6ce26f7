/** Where a lane is: the history it lives, and how far that has come. */
export class Place {
  /** The seed that its histories are drawn by. */
  readonly seed: number;
  /** The history under way, of those drawn by the seed; the first is 1. */
  number = 0;
  #where = 'has not begun';
  #since = performance.now();

  constructor(seed: number) {
    this.seed = seed;
  }

  /** Notes what begins now. */
  at(where: string): void {
    this.#where = where;
    this.#since = performance.now();
  }

  /** For how long the lane has been at the same, ms. */
  get restsMs(): number {
    return performance.now() - this.#since;
  }

  /** The place in words. */
  get words(): string {
    return `seed ${this.seed}, history ${this.number}, ${this.#where}`;
  }
}

/** A history that came to nothing more: somebody in it waits for what never comes. */
export class Stuck extends Error {}

/** How often it is looked whether a lane went on, ms. */
const LOOK_MS = 1000;

/**
 * Waits for work that notes in `place` how it goes on, and for as long as it does. Throws {@link Stuck} where
 * nothing was noted for `patienceMs`: a process in which nothing is left to happen would end in the middle,
 * without a word.
 */
export async function whileItGoesOn<T>(work: Promise<T>, place: Place, patienceMs: number): Promise<T> {
  const stuck = Promise.withResolvers<never>();
  const look = (): void => {
    if (place.restsMs <= patienceMs) return;
    stuck.reject(new Stuck(`stuck for ${Math.round(place.restsMs / 1000)} s: ${place.words}`));
  };
  const timer = setInterval(look, Math.min(LOOK_MS, patienceMs));
  try {
    return await Promise.race([work, stuck.promise]);
  } finally {
    clearInterval(timer);
  }
}
