import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 60 * 60_000;

/**
 * Does the tasks one after another, at the start and every hour until it is stopped. One that fails is told
 * and tried again then.
 */
export function runHourly(
  tasks: readonly ((stopping: AbortSignal) => Promise<void>)[],
  onTrouble: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      for (const task of tasks) if (!signal.aborted) await task(signal).catch(onTrouble);
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const ended = work();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
