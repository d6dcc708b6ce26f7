/** A console sends one part after another; several windows of one person send a few. */
const FOR_ONE = 6;

/**
 * Counts the parts that are being read for each account: a thousand slow lines would hold half a gigabyte.
 */
export class PartsAtOnce {
  readonly #running = new Map<string, number>();

  /** Lets one more in until it is disposed of; null when the account has enough. */
  enter(account: string): Disposable | null {
    const running = this.#running.get(account) ?? 0;
    if (running >= FOR_ONE) return null;
    this.#running.set(account, running + 1);
    return { [Symbol.dispose]: () => this.#leave(account) };
  }

  #leave(account: string): void {
    const left = (this.#running.get(account) ?? 1) - 1;
    if (left === 0) this.#running.delete(account);
    else this.#running.set(account, left);
  }
}
