import { hashKey, useQuery, type QueryKey, type QueryObserverOptions } from '@tanstack/react-query';
import { useState } from 'react';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { useStatus } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import type { CentreAnswer } from './ask-centre.ts';

/** Data that lies at the centre alone, as this console read it last. */
export interface CentreData<T> {
  /** Null until it was read; what was read stays when reading fails. */
  readonly value: T | null;
  /** Failure of the last reading; null when it succeeded. */
  readonly error: ApiErrorKind | null;
  /** By the centre's clock. */
  readonly readAt: Instant | null;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** The centre's refusal on its way through the library, which knows failures as errors. */
class CentreFailure extends Error {
  readonly kind: ApiErrorKind;

  constructor(kind: ApiErrorKind) {
    super(kind);
    this.kind = kind;
  }
}

type Options<T> = Pick<
  QueryObserverOptions<T, CentreFailure>,
  'enabled' | 'refetchInterval' | 'staleTime' | 'structuralSharing'
>;

/**
 * Reads at once and then a minute after every answer while the centre is there, unless the options say
 * otherwise. Whoever reads under one key shares one copy.
 */
export function useCentreQuery<T>(
  queryKey: QueryKey,
  read: () => Promise<CentreAnswer<T>>,
  options: Options<T> = {},
): CentreData<T> {
  const isLive = useIsLive();
  const { clockOffset } = useStatus();
  const query = useQuery<T, CentreFailure>({
    queryKey,
    queryFn: async () => {
      const answer = await read();
      if (answer.ok) return answer.value;
      throw new CentreFailure(answer.error);
    },
    enabled: isLive,
    refetchInterval: MS_PER_MINUTE,
    ...options,
  });
  const error = useLastError(hashKey(queryKey), query.isFetching, query.error);
  return {
    value: query.data ?? null,
    error: error?.kind ?? null,
    readAt: query.dataUpdatedAt === 0 ? null : query.dataUpdatedAt + clockOffset,
    isLive,
    refresh: async () => void (await query.refetch()),
  };
}

/** The error until it is known that it is over: an alert must not blink whenever reading is tried again. */
function useLastError(key: string, isFetching: boolean, error: CentreFailure | null): CentreFailure | null {
  const [last, setLast] = useState({ key, error });
  if (!isFetching && (last.key !== key || last.error !== error)) setLast({ key, error });
  return isFetching && last.key === key ? last.error : error;
}
