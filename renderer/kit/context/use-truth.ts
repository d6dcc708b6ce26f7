import { useTranslation } from 'react-i18next';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { useStatus } from './console-context.tsx';
import { truthHint, truthOf, type Truth } from './network-truth.ts';
import { useOwnerSilence } from './owner-silence.ts';

/**
 * Gives the line about the network, with what a click on it does. While another window that stands still has
 * the local copy, what was known last may be old, and is not said.
 */
export function useTruth(): Truth & { readonly hint: string } {
  const { t } = useTranslation();
  const reading = [useStatus(), t, useWhen(), useNow()] as const;
  const isSilent = useOwnerSilence();
  if (isSilent) return { tone: 'bad', text: t('truth.ownerSilent'), hint: t('silence.banner') };
  return { ...truthOf(...reading), hint: truthHint(...reading) };
}
