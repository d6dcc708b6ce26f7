import { useCallback, useEffect, useState } from 'react';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { useCentreTime, useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';
import { monthsOf, type MonthCount } from './months.ts';

/** Months that have messages here, newest first; null until read. */
export function useMonths(): readonly MonthCount[] | null {
  const store = useStore();
  const centreTime = useCentreTime();
  const [months, setMonths] = useState<readonly MonthCount[] | null>(null);
  const read = useCallback(() => {
    void store.count(0, centreTime() + MS_PER_DAY, ['month']).then((counts) => setMonths(monthsOf(counts)));
  }, [centreTime, store]);
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
