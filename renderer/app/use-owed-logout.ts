import { useEffect } from 'react';
import { tellLogout } from '#renderer/data/session/session-api.ts';

/** Pause between attempts to tell the centre of a logout it has not heard of yet, milliseconds. */
const TELLING_MS = 15_000;

/** Tells the centre of a logout without the network as soon as there is one, whoever works here by then. */
export function useOwedLogout(): void {
  useEffect(() => {
    const tell = (): void => void tellLogout();
    tell();
    const timer = setInterval(tell, TELLING_MS);
    window.addEventListener('online', tell);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', tell);
    };
  }, []);
}
