import { useEffect } from 'react';
import { useStore } from '#renderer/kit/context/console-context.tsx';

/**
 * Asks the centre at once when the system says that the network went or came back. Without it an idle console
 * called itself connected for up to a minute after its cable was pulled out.
 */
export function useNetworkEvents(): void {
  const store = useStore();
  useEffect(() => {
    const ask = (): void => void store.syncNow();
    window.addEventListener('offline', ask);
    window.addEventListener('online', ask);
    return () => {
      window.removeEventListener('offline', ask);
      window.removeEventListener('online', ask);
    };
  }, [store]);
}
