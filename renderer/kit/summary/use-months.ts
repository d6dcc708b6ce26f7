import { useCallback, useEffect, useState } from 'react';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';
import { monthsOf, type MonthCount } from './months.ts';

/** Months that have messages here, newest first; null until read. */
export function useMonths(): readonly MonthCount[] | null {
  const store = useStore();
  const [months, setMonths] = useState<readonly MonthCount[] | null>(null);
  const read = useCallback(() => {
    void store.count(0, Date.now() + MS_PER_DAY, ['month']).then((counts) => setMonths(monthsOf(counts)));
  }, [store]);
  useEffect(read, [read]);
  useStoreChange(
    useCallback(
      ({ incidents }) => {
        if (incidents === 'all') read();
      },
      [read],
    ),
  );
  return months;
}
