import { createContext, useContext, useEffect, useId } from 'react';

/**
 * Reasons not to close a drawer at a stray key: something was typed, a secret is shown this once, a dialog of
 * its own lies over it.
 */
export type HoldReason = 'typed' | 'secret' | 'dialog';

/** Tells the drawer around of a reason, or that it is gone. */
export const HoldContext = createContext<(id: string, reason: HoldReason | null) => void>(() => undefined);

/** Holds the drawer around open for a reason; null lets it go. */
export function useHoldOpen(reason: HoldReason | null): void {
  const hold = useContext(HoldContext);
  const id = useId();
  useEffect(() => {
    hold(id, reason);
    return () => hold(id, null);
  }, [hold, id, reason]);
}
