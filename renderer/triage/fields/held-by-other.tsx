import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import classes from './card.module.css';

/** Says that a colleague works on it, so that two never answer one author. */
export const HeldByOther = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const reference = useReference();
  if (incident.holder === null || incident.holder === account.id) return null;
  return (
    <div className={classes['others']}>
      {t('card.heldBy', { name: personName(reference, incident.holder) })}
    </div>
  );
};
