import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useDeputies } from '#renderer/kit/words/use-deputies.ts';
import classes from './card.module.css';

/** Says that a colleague works on it, so that two never answer one author. */
export const HeldByOther = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const reference = useReference();
  const { deputyOf, stoodForBy } = useDeputies();
  if (incident.holder === null || incident.holder === account.id) return null;
  const name = personName(reference, incident.holder);
  const absent = stoodForBy(account.id).find(({ id }) => id === incident.holder);
  const deputy = deputyOf(incident.holder);
  return (
    <div className={classes['others']}>
      {absent !== undefined
        ? t('card.heldForYou', { name, until: absent.until })
        : [
            t('card.heldBy', { name }),
            ...(deputy === null ? [] : [t('card.deputy', { name: deputy.name, until: deputy.until })]),
          ].join(' ')}
    </div>
  );
};
