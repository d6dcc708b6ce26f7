import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '#shared/domain/refusal.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import { refusalWords } from './refusal-words.ts';
import { useWhen } from './use-words.ts';

/** Gives the words of a refusal, with names in place of ids. */
export function useRefusalWords(): (refusal: Refusal) => string {
  const { t } = useTranslation();
  const reference = useReference();
  const centreTime = useCentreTime();
  const when = useWhen();
  return useCallback(
    (refusal) => refusalWords(refusal, { t, reference, when, now: centreTime() }),
    [t, reference, when, centreTime],
  );
}
