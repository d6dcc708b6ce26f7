import { useEffect, useState } from 'react';
import type { Instant } from '#shared/domain/instant.ts';

/**
 * The time to the second while `until` is still ahead; after that it stands, so that nothing is drawn for
 * nothing.
 */
export function useSeconds(until: Instant): Instant {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return now;
}
