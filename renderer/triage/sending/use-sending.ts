import { useCallback, useEffect, useState } from 'react';
import type { Sending } from './sending-api.ts';
import { MOVES } from './sending-words.ts';

const MOVING_MS = 2000;
const STANDING_MS = 30_000;

/**
 * Asks the centre again and again, often while something moves. Without an answer the last one stands: it is
 * what keeps a person from publishing twice. `read` must be stable; `isExpected`: something may appear any
 * moment. Null until there was an answer.
 */
export function useSending(
  read: () => Promise<readonly Sending[] | null>,
  isExpected = false,
): {
  readonly replies: readonly Sending[] | null;
  readonly refresh: () => void;
} {
  const [replies, setReplies] = useState<readonly Sending[] | null>(null);
  const [asked, setAsked] = useState(0);
  const refresh = useCallback(() => setAsked((before) => before + 1), []);
  useEffect(() => {
    let isHere = true;
    let timer: ReturnType<typeof setTimeout>;
    const look = async (): Promise<void> => {
      const next = await read();
      if (!isHere) return;
      if (next !== null) setReplies(next);
      const isMoving = isExpected || next?.some(({ state }) => MOVES.has(state)) === true;
      timer = setTimeout(() => void look(), isMoving ? MOVING_MS : STANDING_MS);
    };
    void look();
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [read, isExpected, asked]);
  return { replies, refresh };
}
