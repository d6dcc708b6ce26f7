import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { readSending, readUnsent, type Sending } from './sending-api.ts';
import { GO_BY_THEMSELVES } from './sending-words.ts';

const MOVING_MS = 2000;
const STANDING_MS = 30_000;

/**
 * Reads replies on their way again and again, often while something moves: those of an incident, or all of
 * the region that are not out when it is null. Without an answer the last one stands, and asking goes on
 * whatever the connection says: it is what keeps a person from publishing twice. `isExpected`: something may
 * appear any moment. `replies` is null until there was an answer.
 */
export function useSending(
  incident: string | null,
  isExpected = false,
): {
  readonly replies: readonly Sending[] | null;
  readonly refresh: () => void;
} {
  const { value, refresh } = useCentreQuery(
    ['sending', incident],
    () => (incident === null ? readUnsent() : readSending(incident)),
    {
      enabled: true,
      refetchInterval: ({ state: { status, data } }) => {
        const isMoving =
          status === 'success' && data?.replies.some(({ state }) => GO_BY_THEMSELVES.has(state)) === true;
        return isExpected || isMoving ? MOVING_MS : STANDING_MS;
      },
    },
  );
  return { replies: value?.replies ?? null, refresh: () => void refresh() };
}
