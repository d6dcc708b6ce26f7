import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Incident } from '#shared/domain/incident.ts';
import { useIncident } from '#renderer/kit/context/console-context.tsx';

/** Leads to the incident whose talk goes on here. */
export const Continues = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const continues = incident.continues ?? null;
  const number = useIncident(continues)?.number ?? null;
  if (continues === null) return null;
  return (
    <p>
      {t('continues.text')}{' '}
      <Link href={`/incident/${continues}`}>
        {number === null ? t('card.noNumber') : t('card.number', { number })}
      </Link>
    </p>
  );
};
