import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/protocol/session.ts';
import { DemoPeople } from './demo-people.tsx';
import { LoginForm } from './login-form.tsx';
import classes from '#renderer/kit/layout/entrance.module.css';
import { passPauses } from '#renderer/data/session/offline-entry.ts';

interface LoginScreenProps {
  /** Session of whoever worked here last and has not logged out. */
  readonly last: Session | null;
  readonly onLogin: (session: Session) => Promise<void>;
}

/** The door. Without the network the same password opens the copy of whoever has worked here. */
export const LoginScreen = ({ last, onLogin }: LoginScreenProps) => {
  const { t } = useTranslation();
  useEffect(() => {
    const standing = new AbortController();
    passPauses(standing.signal);
    return () => standing.abort();
  }, []);
  return (
    <main className={classes['page']}>
      <div className={classes['form']}>
        <h1>{t('frame.brand')}</h1>
        <p className={classes['lead']}>{t('session.lead')}</p>
        <LoginForm login={last?.account.login ?? ''} isOfflineOpen onLogin={onLogin} />
        <p className={classes['offline']}>{t('session.offline.hint')}</p>
      </div>
      <DemoPeople onLogin={onLogin} />
    </main>
  );
};
