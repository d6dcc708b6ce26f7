import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 3000;
/** The pause before the first repeat, and the longest that it doubles to. */
const AGAIN_MS = 60;
const LONGEST_MS = 4000;

/**
 * VK's calls to a callback server: an event is called again and again until `ok` is read, whoever dies
 * meanwhile. Each repeat waits longer, as VK's do: whoever is away for long is not met by all calls at once.
 */
export class VkCaller {
  /** Calls that were not confirmed and were made again. */
  repeats = 0;
  readonly #address: string;
  readonly #under = new Set<Promise<void>>();
  readonly #end = new AbortController();

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

  /** Gives up what is not confirmed. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.settled();
  }

  async #deliver(body: string): Promise<void> {
    const { signal } = this.#end;
    let wait = AGAIN_MS;
    while (!signal.aborted && !(await this.#isConfirmed(body))) {
      this.repeats += 1;
      await sleep(wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_MS);
    }
  }

  async #isConfirmed(body: string): Promise<boolean> {
    try {
      const signal = AbortSignal.any([this.#end.signal, AbortSignal.timeout(PATIENCE_MS)]);
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
