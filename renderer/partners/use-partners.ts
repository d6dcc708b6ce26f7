import { useCallback, useEffect, useState } from 'react';
import type { Instant } from '#shared/domain/instant.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { useNow } from '#renderer/app/use-now.ts';
import { useIsLive } from '#renderer/import/file-check.tsx';
import { readPartners, type PartnerList } from './partners-api.ts';

/** The partners as the centre last told them. `list` is null until it has. */
export interface Partners {
  readonly list: PartnerList | null;
  readonly error: ApiErrorKind | null;
  /** When they were told. */
  readonly readAt: Instant | null;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** Asks for the partners at once and then every minute while the centre answers. */
export function usePartners(): Partners {
  const isLive = useIsLive();
  const now = useNow();
  const [read, setRead] = useState<Pick<Partners, 'list' | 'error' | 'readAt'>>({
    list: null,
    error: null,
    readAt: null,
  });
  const take = useCallback((answer: Awaited<ReturnType<typeof readPartners>>) => {
    setRead((before) =>
      answer.ok
        ? { list: answer.value, error: null, readAt: Date.now() }
        : { ...before, error: answer.error },
    );
  }, []);
  useEffect(() => {
    if (isLive) void readPartners().then(take);
  }, [isLive, now, take]);
  const refresh = async (): Promise<void> => take(await readPartners());
  return { ...read, isLive, refresh };
}
