/** Notices that nothing is heard any more: `signal` aborts so long after the beginning or the last sound. */
export class Silence {
  readonly #silence = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout>;
  /** Something was heard at all. */
  isHeard = false;

  /** `firstMs`: how long the first sound may take. */
  constructor(ms: number, firstMs: number = ms) {
    this.#ms = ms;
    this.#timer = this.#start(firstMs);
  }

  get signal(): AbortSignal {
    return this.#silence.signal;
  }

  heard(): void {
    this.isHeard = true;
    clearTimeout(this.#timer);
    this.#timer = this.#start(this.#ms);
  }

  /** To be called when nobody listens any more. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #start(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#silence.abort(new DOMException('silence', 'TimeoutError')), ms);
  }
}
