import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';

/** Names an incident in words; one registered without a network has no number yet. */
export function useNumberWords(): (incident: Pick<Incident, 'number'> | null) => string {
  const { t } = useTranslation();
  return useCallback(
    (incident) => {
      const number = incident?.number ?? null;
      return number === null ? t('card.noNumber') : t('card.number', { number });
    },
    [t],
  );
}
