import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoPerson } from '#shared/protocol/demo.ts';
import type { Session } from '#shared/protocol/session.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { demoPeople, logInDemo } from '#renderer/data/session/session-api.ts';

interface DemoPeopleProps {
  readonly onLogin: (session: Session) => Promise<void> | void;
}

/**
 * The people of the demo region, one click each, with what they will see. Nothing on any other installation.
 */
export const DemoPeople = ({ onLogin }: DemoPeopleProps) => {
  const { t } = useTranslation();
  const [people, setPeople] = useState<readonly DemoPerson[]>([]);
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    let isHere = true;
    void demoPeople().then((found) => isHere && setPeople(found));
    return () => {
      isHere = false;
    };
  }, []);
  if (people.length === 0) return null;
  const comeIn = async (login: DemoPerson['login']): Promise<void> => {
    setBusy(true);
    const result = await logInDemo(login);
    setFailed(result.kind !== 'logged_in');
    if (result.kind === 'logged_in') await onLogin(result.session);
    setBusy(false);
  };
  return (
    <section className={classes['demo']} aria-labelledby="demo-title">
      <h2 id="demo-title">{t('session.demo.title')}</h2>
      <p className={classes['lead']}>{t('session.demo.lead')}</p>
      {hasFailed && (
        <div className={classes['trouble']} role="alert">
          {t('session.demo.failed')}
        </div>
      )}
      {people.map(({ login, displayName, role }) => (
        <UnstyledButton
          key={login}
          className={classes['person']}
          disabled={isBusy}
          onClick={() => void comeIn(login)}
        >
          <b>{displayName}</b>
          <span className={classes['role']}>{t(`role.${role}`)}</span>
          <span className={classes['sees']}>{t(`session.demo.sees.${login}`)}</span>
        </UnstyledButton>
      ))}
    </section>
  );
};
