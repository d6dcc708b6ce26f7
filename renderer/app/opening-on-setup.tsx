import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useReference, useSession, useStatus } from '#renderer/kit/context/console-context.tsx';
import { useIsBare } from '#renderer/screens/setup/use-setup.ts';

/**
 * Has the console of an administrator open on the set-up screen while his region cannot work. Whether it can
 * is known once the copy is here; whoever has gone to another screen by then, or comes back to the queue
 * later, is left there. Draws nothing: the frame need not be drawn anew with every count.
 */
export function OpeningOnSetup({ home }: { readonly home: string }): null {
  const { account } = useSession();
  const { accounts } = useReference();
  const { archiveComplete } = useStatus();
  const isBare = useIsBare();
  const [path, goTo] = useLocation();
  const isAtHome = path === '/' || path === home;
  const isOpening = useRef(account.role === 'administrator' && isAtHome);
  // The status comes by itself, before or after the rows.
  const isKnown = archiveComplete && accounts.some(({ id }) => id === account.id);
  useEffect(() => {
    if (!isOpening.current || (isAtHome && !isKnown)) return;
    isOpening.current = false;
    if (isAtHome && isBare) goTo('/setup', { replace: true });
  }, [isAtHome, isKnown, isBare, goTo]);
  return null;
}
