import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFit, type Deputyship } from '#shared/domain/deputyship.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useDayWords } from '#renderer/kit/words/use-deputies.ts';
import administration from '#renderer/kit/layout/administration.module.css';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { DeputyForm } from './deputy-form.tsx';
import { endDeputyship, readDeputyships } from './people-api.ts';
import classes from './people.module.css';

interface Props {
  readonly person: ListedAccount;
  readonly people: readonly ListedAccount[];
  readonly isLive: boolean;
}

/** Who stands in for somebody, on which days; and for whom they stand in themselves. */
export function PersonDeputies({ person, people, isLive }: Props) {
  const { t } = useTranslation();
  const log = useCentreQuery(['deputies'], readDeputyships);
  const [opened, setOpened] = useState<Deputyship | 'new' | null>(null);
  if (person.role === 'observer') return null;
  return (
    <section aria-label={t('deputies.title')}>
      <h3 className={classes['title']}>{t('deputies.title')}</h3>
      <CentreLog log={log} offline={t('deputies.offline')} empty="" isEmpty={() => false}>
        {({ deputyships }) => (
          <>
            <DeputyLines
              {...{ person, people, isLive, deputyships }}
              onOpen={setOpened}
              refresh={log.refresh}
            />
            {opened !== null && (
              <DeputyForm
                key={opened === 'new' ? 'new' : opened.id}
                {...{ person, people, isLive, deputyships }}
                seen={opened === 'new' ? null : opened}
                onClose={() => setOpened(null)}
                refresh={log.refresh}
              />
            )}
          </>
        )}
      </CentreLog>
      {opened === null && !person.isDisabled && (
        <div className={classes['acts']}>
          <Button variant="default" disabled={!isLive} onClick={() => setOpened('new')}>
            {t('deputies.add')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface LinesProps extends Props {
  readonly deputyships: readonly Deputyship[];
  readonly onOpen: (deputyship: Deputyship) => void;
  readonly refresh: () => Promise<void>;
}

function DeputyLines({ person, people, isLive, deputyships, onOpen, refresh }: LinesProps) {
  const { t } = useTranslation();
  const reference = useReference();
  const dayWords = useDayWords();
  const known = new Map(people.map((one) => [one.id, one]));
  const words = (ship: Deputyship, name: string): string =>
    [
      t('deputies.stretch', { name, from: dayWords(ship.from), to: dayWords(ship.to) }),
      ...(isFit(ship, known) ? [] : [t('deputies.unfit')]),
    ].join(' ');
  const ending = useCentreAction(
    (ship: Deputyship) => endDeputyship(ship),
    async (_, ship) => {
      tellDone(t('deputies.ended', { name: personName(reference, ship.deputy) }));
      await refresh();
    },
  );
  const own = deputyships.filter((ship) => ship.person === person.id);
  const others = deputyships.filter((ship) => ship.deputy === person.id);
  return (
    <>
      {own.length === 0 && <p className={administration['hint']}>{t('deputies.none')}</p>}
      <ul className={classes['deputies']}>
        {own.map((ship) => (
          <li key={ship.id}>
            <span>{words(ship, personName(reference, ship.deputy))}</span>
            <Button size="compact-sm" variant="default" disabled={!isLive} onClick={() => onOpen(ship)}>
              {t('deputies.change')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!isLive || ending.isPending}
              onClick={() => ending.run(ship)}
            >
              {t('deputies.end')}
            </Button>
          </li>
        ))}
        {others.map((ship) => (
          <li key={ship.id}>
            {t('deputies.standsIn', { who: words(ship, personName(reference, ship.person)) })}
          </li>
        ))}
      </ul>
      {ending.failure !== null && (
        <p className={administration['bad']} role="alert">
          {t(`error.${ending.failure}`)}
        </p>
      )}
    </>
  );
}
