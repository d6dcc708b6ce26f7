import { useTranslation } from 'react-i18next';
import { claimEnd, doneOverClaim } from '#shared/domain/claim.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useDeputies } from '#renderer/kit/words/use-deputies.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from './card.module.css';

/** Says to whoever has claimed it what colleagues have done to it since. */
const DoneOver = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const isPerson = (id: string): boolean => reference.accounts.some((person) => person.id === id);
  const done = doneOverClaim(incident, account.id, isPerson);
  if (done.length === 0) return null;
  const words = done.map(({ by, at, event }) =>
    t('card.doneOverBy', {
      name: personName(reference, by),
      at: when.short(at, now),
      act: t(`history.${event}`),
    }),
  );
  return (
    <div className={classes['others']} role="status">
      {t('card.doneOver', { what: words.join('; ') })}
    </div>
  );
};

/** Says that a colleague works on it, so that two never answer one author. */
export const HeldByOther = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const { deputyOf, stoodForBy } = useDeputies();
  if (incident.holder === null) return null;
  if (incident.holder === account.id) return <DoneOver incident={incident} />;
  const name = personName(reference, incident.holder);
  const end = claimEnd(incident, reference.regulation) ?? now;
  const absent = stoodForBy(account.id).find(({ id }) => id === incident.holder);
  const deputy = deputyOf(incident.holder);
  const heldWords =
    end <= now ? t('card.heldUntil', { name, at: when.short(end, now) }) : t('card.heldBy', { name });
  return (
    <div className={classes['others']}>
      {absent !== undefined
        ? t('card.heldForYou', { name, until: absent.until })
        : [
            heldWords,
            ...(deputy === null ? [] : [t('card.deputy', { name: deputy.name, until: deputy.until })]),
          ].join(' ')}
    </div>
  );
};
