import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is right; fails with what it was last. Works in hooks as well as in tests. */
export async function until<T>(
  what: string,
  read: () => Promise<T> | T,
  isRight: (value: T) => boolean,
  patienceMs = 20_000,
): Promise<T> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(40)) {
    const value = await read();
    if (isRight(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`${what}: not after ${patienceMs} ms; last seen: ${JSON.stringify(value)}`);
  }
}
