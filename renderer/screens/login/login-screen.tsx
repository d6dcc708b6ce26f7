import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/protocol/session.ts';
import { DemoPeople } from './demo-people.tsx';
import { LoginForm } from './login-form.tsx';
import classes from '#renderer/kit/layout/entrance.module.css';
import { tellLogout } from '#renderer/data/session/session-api.ts';

/** Pause between attempts to tell the centre of a logout it has not heard of yet, milliseconds. */
const TELLING_MS = 15_000;

interface LoginScreenProps {
  /** Session of whoever worked here last and may go on with the local copy. */
  readonly last: Session | null;
  readonly onLogin: (session: Session) => Promise<void>;
}

/**
 * The door. Without the network the last person of this workstation goes on with the local copy, unless they
 * logged out.
 */
export const LoginScreen = ({ last, onLogin }: LoginScreenProps) => {
  const { t } = useTranslation();
  useEffect(() => {
    const tell = (): void => void tellLogout();
    tell();
    const timer = setInterval(tell, TELLING_MS);
    window.addEventListener('online', tell);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', tell);
    };
  }, []);
  return (
    <main className={classes['page']}>
      <div className={classes['form']}>
        <h1>{t('frame.brand')}</h1>
        <p className={classes['lead']}>{t('session.lead')}</p>
        <LoginForm login={last?.account.login ?? ''} onLogin={onLogin} />
        {last !== null && (
          <div className={classes['offline']}>
            <p>{t('session.offlineLead', { name: last.account.displayName, region: last.region.name })}</p>
            <Button variant="default" onClick={() => void onLogin(last)}>
              {t('session.goOn')}
            </Button>
          </div>
        )}
      </div>
      <DemoPeople onLogin={onLogin} />
    </main>
  );
};
