import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/protocol/session.ts';
import { DemoPeople } from './demo-people.tsx';
import { LoginForm } from './login-form.tsx';
import { SignInWays } from './sign-in-ways.tsx';
import { PeopleHere } from './people-here.tsx';
import { forgettingText } from '#renderer/kit/forget/forget-dialog.tsx';
import type { Forgetting } from '#renderer/data/session/forget-person.ts';
import type { CopyFiles } from '#renderer/data/store/kept-copy.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { passPauses } from '#renderer/data/session/offline-entry.ts';

interface LoginScreenProps {
  /** Session of whoever worked here last and has not logged out. */
  readonly last: Session | null;
  /** The end of the attempt to forget the person who was here. */
  readonly forgetting: Forgetting | undefined;
  readonly copyFiles: CopyFiles | null;
  readonly onLogin: (session: Session) => Promise<void>;
}

/** The door. Without the network the same password opens the copy of whoever has worked here. */
export const LoginScreen = ({ last, forgetting, copyFiles, onLogin }: LoginScreenProps) => {
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
        {forgetting !== undefined && (
          <p className={classes['told']} role="status">
            {forgettingText(forgetting, t)}
          </p>
        )}
        <LoginForm login={last?.account.login ?? ''} isOfflineOpen onLogin={onLogin}>
          <SignInWays onLogin={onLogin} />
          <div className={classes['offline']}>
            <p>{t('session.offline.hint')}</p>
            <PeopleHere copyFiles={copyFiles} />
          </div>
        </LoginForm>
      </div>
      <DemoPeople onLogin={onLogin} />
    </main>
  );
};
