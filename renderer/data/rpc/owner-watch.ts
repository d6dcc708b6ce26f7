/** How often a window that waits asks whether the owner is there, ms. */
const ASK_MS = 2000;
/** Questions in a row that nobody answers before the owner counts as silent: ten seconds. */
const UNHEARD = 5;

interface OwnerWatchOptions {
  /** Asks the owner for any word. */
  readonly ask: () => void;
  /** Called with true when the owner's window stands still, with false when it does not any more. */
  readonly onSilence: (isSilent: boolean) => void;
}

/**
 * Watches, while calls wait, whether the owner's worker runs at all: a debugger, the system or an endless
 * loop can stop its window, which keeps the lock then. Questions are counted and not time, or a machine that
 * slept would be taken for a window that stands still.
 */
export class OwnerWatch {
  readonly #options: OwnerWatchOptions;
  #timer: ReturnType<typeof setInterval> | null = null;
  #unheard = 0;
  #isSilent = false;

  constructor(options: OwnerWatchOptions) {
    this.#options = options;
  }

  /** To be called when a call begins to wait. */
  begin(): void {
    this.#timer ??= setInterval(() => this.#tick(), ASK_MS);
  }

  /** To be called when no call waits any more. */
  end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.heard();
  }

  /** To be called with every word of an owner. */
  heard(): void {
    this.#unheard = 0;
    this.#tell(false);
  }

  #tick(): void {
    if (this.#unheard >= UNHEARD) this.#tell(true);
    this.#unheard += 1;
    this.#options.ask();
  }

  #tell(isSilent: boolean): void {
    if (this.#isSilent === isSilent) return;
    this.#isSilent = isSilent;
    this.#options.onSilence(isSilent);
  }
}
