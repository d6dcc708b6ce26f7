import { useSyncExternalStore } from 'react';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';

const minuteNow = (): Instant => Math.floor(Date.now() / MS_PER_MINUTE) * MS_PER_MINUTE;

/** Calls `listener` (keep it stable) at the start of every minute; gives what ends it. */
export function watchMinutes(listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    timer = setTimeout(
      () => {
        listener();
        wait();
      },
      MS_PER_MINUTE - (Date.now() % MS_PER_MINUTE) + 5,
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

/** The current minute, the same for everything on the screen; changes once a minute. */
export const useNow = (): Instant => useSyncExternalStore(watchMinutes, minuteNow);
