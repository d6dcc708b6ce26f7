import { setTimeout as sleep } from 'node:timers/promises';

/**
 * For what comes in a moment on an idle machine; it ends what hangs and judges nothing, so a busy neighbour
 * may have it take long.
 */
export const PATIENCE_MS = 120_000;

/**
 * Asks again and again until the answer is right; fails with what it was last. Works in hooks as well as in
 * tests.
 */
export async function until<T>(
  what: string,
  read: () => Promise<T> | T,
  isRight: (value: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(40)) {
    const value = await read();
    if (isRight(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`${what}: not after ${patienceMs} ms; last seen: ${JSON.stringify(value)}`);
  }
}
