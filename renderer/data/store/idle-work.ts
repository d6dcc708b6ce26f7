/** Idle work waits until changes have ceased for so long. */
const IDLE_AFTER_MS = 2000;

/** Work for when nothing has changed for a while. */
export interface IdleWork {
  /** Puts it off until changes have ceased again. */
  readonly putOff: () => void;
  readonly close: () => void;
}

/** `onFailed` hears of a failure until it is closed; the work is tried again after the next change. */
export function idleWork(work: () => Promise<void>, onFailed: (error: unknown) => void): IdleWork {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isClosed = false;
  const stopTimer = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const start = (): void => {
    timer = null;
    work().catch((error: unknown) => {
      if (!isClosed) onFailed(error);
    });
  };
  return {
    putOff: () => {
      stopTimer();
      if (!isClosed) timer = setTimeout(start, IDLE_AFTER_MS);
    },
    close: () => {
      isClosed = true;
      stopTimer();
    },
  };
}
