import { useCallback, useSyncExternalStore } from 'react';
import { MS_PER_MINUTE, startOfMinute, type Instant } from '#shared/domain/instant.ts';
import { useConsole } from '#renderer/kit/context/console-context.tsx';

/** Calls `listener` (keep it stable) at the start of every minute of the clock; gives what ends it. */
export function watchMinutes(clock: () => Instant, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    timer = setTimeout(
      () => {
        listener();
        wait();
      },
      MS_PER_MINUTE - (clock() % MS_PER_MINUTE) + 5,
    );
  };
  wait();
  // A machine that slept wakes with an old minute on the screen.
  document.addEventListener('visibilitychange', listener);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', listener);
  };
}

/**
 * The current minute of the centre's clock, the same for everything on the screen; changes once a minute, and
 * when it is found out how far the workstation's clock is from it.
 */
export function useNow(): Instant {
  const { centreTime, watch } = useConsole().hub;
  const watchBoth = useCallback(
    (listener: () => void) => {
      const ends = [watchMinutes(centreTime, listener), watch(listener)];
      return () => ends.forEach((end) => end());
    },
    [centreTime, watch],
  );
  return useSyncExternalStore(watchBoth, () => startOfMinute(centreTime()));
}
