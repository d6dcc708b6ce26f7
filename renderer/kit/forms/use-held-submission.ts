import { useEffect, useRef, type SubmitEvent } from 'react';

/**
 * Holds submissions until `isReady`, and then submits the form again, so that its newest judge is asked.
 * Returns a function that tells whether it holds this one.
 */
export function useHeldSubmission(isReady: boolean): (event: SubmitEvent<HTMLFormElement>) => boolean {
  const held = useRef<HTMLFormElement | null>(null);
  useEffect(() => {
    if (!isReady) return;
    held.current?.requestSubmit();
    held.current = null;
  }, [isReady]);
  return (event) => {
    if (isReady) return false;
    event.preventDefault();
    held.current = event.currentTarget;
    return true;
  };
}
