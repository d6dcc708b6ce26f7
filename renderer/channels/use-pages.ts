import { useCallback, useEffect, useState } from 'react';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { useNow } from '#renderer/app/use-now.ts';
import { useIsLive } from '#renderer/import/file-check.tsx';
import { readPages, type Page } from './channels-api.ts';

/** The pages as the centre last told them. `pages` is null until it has. */
export interface Pages {
  readonly pages: readonly Page[] | null;
  readonly error: ApiErrorKind | null;
  /** When they were told. */
  readonly readAt: Instant | null;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** Asks for the pages at once and then every minute while the centre answers. */
export function usePages(): Pages {
  const isLive = useIsLive();
  const now = useNow();
  const [read, setRead] = useState<Pick<Pages, 'pages' | 'error' | 'readAt'>>({
    pages: null,
    error: null,
    readAt: null,
  });
  const take = useCallback((answer: Awaited<ReturnType<typeof readPages>>) => {
    setRead((before) =>
      answer.ok
        ? { pages: answer.value.channels, error: null, readAt: Date.now() }
        : { ...before, error: answer.error },
    );
  }, []);
  useEffect(() => {
    if (isLive) void readPages().then(take);
  }, [isLive, now, take]);
  const refresh = async (): Promise<void> => take(await readPages());
  return { ...read, isLive, refresh };
}
