import { useCallback, useEffect, useState } from 'react';
import type { Instant } from '#shared/domain/instant.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import type { CentreAnswer } from './ask-centre.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';

/** What lies at the centre, as it was last told. `value` is null until it was. */
export interface Asked<T> {
  readonly value: T | null;
  readonly error: ApiErrorKind | null;
  /** When it was told. */
  readonly readAt: Instant | null;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** Asks at once and then every minute while the centre answers. `ask` is the same function at every call. */
export function useAsked<T>(ask: () => Promise<CentreAnswer<T>>): Asked<T> {
  const isLive = useIsLive();
  const now = useNow();
  const [read, setRead] = useState<Pick<Asked<T>, 'value' | 'error' | 'readAt'>>({
    value: null,
    error: null,
    readAt: null,
  });
  const take = useCallback((answer: CentreAnswer<T>): void => {
    setRead((before) =>
      answer.ok
        ? { value: answer.value, error: null, readAt: Date.now() }
        : { ...before, error: answer.error },
    );
  }, []);
  useEffect(() => {
    if (isLive) void ask().then(take);
  }, [isLive, now, ask, take]);
  const refresh = async (): Promise<void> => take(await ask());
  return { ...read, isLive, refresh };
}
