import { useCallback, useState, type ReactNode } from 'react';
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

/** Gathers the reasons of what is inside not to close, and asks before something would be lost. */
export function useHeld(onClose: () => void): Held {
  const [held, setHeld] = useState<ReadonlyMap<string, HoldReason>>(new Map());
  const [asked, setAsked] = useState<'typed' | 'secret' | null>(null);
  const hold = useCallback((id: string, reason: HoldReason | null): void => {
    setHeld((before) => {
      if (before.get(id) === (reason ?? undefined)) return before;
      const rest = [...before].filter(([other]) => other !== id);
      return new Map(reason === null ? rest : [...rest, [id, reason]]);
    });
  }, []);
  const reasons = new Set(held.values());
  const close = (): void => {
    if (reasons.has('secret')) setAsked('secret');
    else if (reasons.has('typed')) setAsked('typed');
    else onClose();
  };
  return {
    close,
    isCovered: asked !== null || reasons.has('dialog'),
    hold,
    question: asked !== null && (
      <LeavingQuestion reason={asked} onStay={() => setAsked(null)} onLeave={onClose} />
    ),
  };
}
