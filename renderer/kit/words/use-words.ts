import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '#shared/text/duration.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { whenIn, type When } from './when.ts';

export const useLanguage = (): Language => (useTranslation().i18n.language === 'en' ? 'en' : 'ru');

/** The region's clock in the reader's language. */
export function useWhen(): When {
  const { zone } = useReference();
  const language = useLanguage();
  return useMemo(() => whenIn(zone, language), [zone, language]);
}
