import { useCallback, useRef, useState, type ReactNode } from 'react';
import type { HoldReason } from './hold-open.ts';
import { LeavingQuestion } from './leaving-question.tsx';

/** The state of a drawer or a dialog that may be held open; see `useHoldOpen`. */
interface Held {
  /** Closes, or asks first. */
  readonly close: () => void;
  /** A question or a dialog of its own lies over it. */
  readonly isCovered: boolean;
  /** For `HoldContext`. */
  readonly hold: (id: string, reason: HoldReason | null) => void;
  readonly question: ReactNode;
}

/**
 * Gathers the reasons of what is inside not to close, and asks before something would be lost. They are known
 * at once, without a drawing in between: Escape may come in the same moment as the last letter.
 */
export function useHeld(onClose: () => void): Held {
  const held = useRef(new Map<string, HoldReason>());
  const [hasDialog, setHasDialog] = useState(false);
  const [asked, setAsked] = useState<'typed' | 'secret' | null>(null);
  const hold = useCallback((id: string, reason: HoldReason | null): void => {
    if (reason === null) held.current.delete(id);
    else held.current.set(id, reason);
    setHasDialog([...held.current.values()].includes('dialog'));
  }, []);
  const close = (): void => {
    const reasons = [...held.current.values()];
    const reason = (['secret', 'typed'] as const).find((kind) => reasons.includes(kind));
    if (reason === undefined) onClose();
    else setAsked(reason);
  };
  return {
    close,
    isCovered: asked !== null || hasDialog,
    hold,
    question: asked !== null && (
      <LeavingQuestion reason={asked} onStay={() => setAsked(null)} onLeave={onClose} />
    ),
  };
}
