import { useEffect, useState } from 'react';
import type { Instant } from '#shared/domain/instant.ts';
import { useCentreTime } from '#renderer/kit/context/console-context.tsx';

/**
 * The centre's time to the second while `until` is still ahead; after that it stands, so that nothing is
 * drawn for nothing.
 */
export function useSeconds(until: Instant): Instant {
  const centreTime = useCentreTime();
  const [now, setNow] = useState(() => centreTime());
  useEffect(() => {
    if (until <= centreTime()) return;
    const timer = setInterval(() => {
      setNow(centreTime());
      if (centreTime() >= until) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [centreTime, until]);
  return now;
}
