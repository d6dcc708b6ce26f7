import { useEffect, useState } from 'react';

/** Longer than a key or a button is struck twice, shorter than anybody reads. */
const SETTLES_MS = 400;

/** Tells whether what is mounted has been on the screen long enough to have been seen. */
export function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLES_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}
