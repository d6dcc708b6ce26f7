import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 3000;
const AGAIN_MS = 60;

/**
 * VK's calls to a callback server: an event is called again and again until `ok` is read, whoever dies
 * meanwhile.
 */
export class VkCaller {
  /** Calls that were not confirmed and were made again. */
  repeats = 0;
  readonly #address: string;
  readonly #under = new Set<Promise<void>>();

  constructor(address: string) {
    this.#address = address;
  }

  /** Calls with an event until it is confirmed; does not wait for that. */
  tell(body: string): void {
    const delivery = this.#deliver(body).finally(() => this.#under.delete(delivery));
    this.#under.add(delivery);
  }

  /** Waits until all that was told is confirmed. */
  async settled(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under);
  }

  async #deliver(body: string): Promise<void> {
    while (!(await this.#isConfirmed(body))) {
      this.repeats += 1;
      await sleep(AGAIN_MS);
    }
  }

  async #isConfirmed(body: string): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await fetch(this.#address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal,
      });
      return answer.status === 200 && (await answer.text()) === 'ok';
    } catch {
      return false;
    }
  }
}
