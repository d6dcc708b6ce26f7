import { sleep } from '#server/process/sleep.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { WriteConflict } from './store-changes.ts';

/** Unique violation (two did the same at once), serialization failure, deadlock, lock timeout. */
const IN_THE_WAY = new Set(['23505', '40001', '40P01', '55P03']);
const ATTEMPTS = 5;

/**
 * Others were in the way again and again. Carries PostgreSQL's code for a lock not granted, which the API
 * answers with 503.
 */
class StillInTheWay extends Error {
  readonly code = '55P03';
}

/** Tells whether the same transaction, tried again, may succeed. */
const isInTheWay = (error: unknown): boolean =>
  error instanceof WriteConflict || IN_THE_WAY.has(errorCode(error));

/**
 * Tells whether a value cannot be stored: data exception (class 22) or a limit exceeded (class 54) in
 * PostgreSQL, too deep for JSON here.
 */
export const isUnstorable = (error: unknown): boolean =>
  error instanceof RangeError || /^(?:22|54)/.test(errorCode(error));

/** Runs a transaction again, after a short random pause, while others are in its way. */
export async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isInTheWay(error)) throw error;
      if (attempt === ATTEMPTS) throw new StillInTheWay(String(error), { cause: error });
      await sleep(Math.random() * 20 * attempt);
    }
  }
}
