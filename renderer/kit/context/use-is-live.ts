import { useStatus } from './console-context.tsx';

/** True while the API answers: what goes to it directly, and not through the outbox, can be done. */
export function useIsLive(): boolean {
  const { state } = useStatus().connection;
  return state === 'live' || state === 'downloading';
}
