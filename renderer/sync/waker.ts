/**
 * Lets a loop sleep until its time has come or somebody wakes it. A wake while nobody sleeps is kept for the
 * next sleep.
 */
export class Waker {
  #wake: (() => void) | null = null;
  #isWoken = false;

  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  /** Resolves after `ms` (false), or at once when woken (true). */
  async sleep(ms: number): Promise<boolean> {
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const wasWoken = this.#isWoken;
    this.#isWoken = false;
    this.#wake = null;
    return wasWoken;
  }
}
