/**
 * Calls `run` once, `ms` from now, unless the function it gives is called before. A port: tests have time of
 * their own.
 */
export type StartTimer = (ms: number, run: () => void) => () => void;

/** The {@link StartTimer} of the window or worker. */
export const systemTimer: StartTimer = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
export function pause(
  ms: number,
  signal: AbortSignal | null = null,
  startTimer: StartTimer = systemTimer,
): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const stop = startTimer(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = (): void => {
      stop();
      resolve();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
