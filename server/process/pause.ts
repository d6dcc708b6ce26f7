import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after so many ms, or at once when the signal is aborted; never rejects. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  sleep(ms, undefined, signal && { signal }).catch(() => undefined);
