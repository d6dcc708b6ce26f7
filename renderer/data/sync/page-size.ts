/** Packed it is some 50 KB: a line of 64 kbit/s brings it in 7 s. */
const FIRST_BYTES = 256 * 1024;
const SMALLEST_BYTES = 16 * 1024;
/**
 * A page that took no longer may be twice as large next time; one that took longer than the other, half. With
 * a round trip of 2 s a page that takes 8 s uses three quarters of the line, one of 4 s a half.
 */
const QUICK_MS = 6000;
const LONG_MS = 10_000;
/** From so long a page on the person is told that the line is slow. */
const TOLD_MS = 8000;

/**
 * Bytes to ask for in the next page: so many that it comes in some seconds. A line that breaks off after so
 * many bytes, or carries few, brings small pages where it would never bring a large one.
 */
export class PageSize {
  readonly #longest: number;
  #bytes = FIRST_BYTES;
  /** The last page was long on its way, or did not come whole. */
  isSlow = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** `isFull`: there was more to send; a page that just holds little says nothing of the line. */
  came(ms: number, isFull: boolean): void {
    this.isSlow = ms > TOLD_MS;
    if (isFull && ms <= QUICK_MS) this.#bytes = Math.min(this.#longest, this.#bytes * 2);
    else if (ms > LONG_MS) this.#shrink();
  }

  brokeOff(): void {
    this.isSlow = true;
    this.#shrink();
  }

  #shrink(): void {
    this.#bytes = Math.max(SMALLEST_BYTES, Math.floor(this.#bytes / 2));
  }
}
