import { Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/protocol/session.ts';
import {
  comeInByInvitation,
  lookInvitation,
  type LookedInvitation,
  type PasswordResult,
} from '#renderer/data/session/session-api.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { DemandedFactor } from './demanded-factor.tsx';
import { loginTrouble } from './login-trouble.ts';
import { OwnPasswordForm } from './own-password-form.tsx';

interface Props {
  /** Comes from the address. */
  readonly token: string;
  readonly onLogin: (session: Session) => Promise<void>;
  readonly onLeave: () => void;
}

/** The door for whoever has an invitation: they choose a password and are in. */
export function InvitationScreen({ token, onLogin, onLeave }: Props) {
  const { t } = useTranslation();
  const [looked, setLooked] = useState<LookedInvitation | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [unfinished, setUnfinished] = useState<Session | null>(null);
  const enter = async (session: Session): Promise<void> => {
    if (session.mustSetFactor === true) setUnfinished(session);
    else await onLogin(session);
  };
  const choose = async (password: string): Promise<PasswordResult> => {
    const result = await comeInByInvitation(token, password);
    // The password is set; the login screen asks for the code beside it.
    if (result.kind === 'refused' && result.error === 'second_factor_needed') onLeave();
    return result;
  };
  useEffect(() => {
    document.title = t('invitation.documentTitle');
  }, [t]);
  useEffect(() => {
    let isHere = true;
    void lookInvitation(token).then((result) => isHere && setLooked(result));
    return () => {
      isHere = false;
    };
  }, [token, attempt]);
  return (
    <main className={classes['page']}>
      <div className={classes['form']}>
        <h1>{t('frame.brand')}</h1>
        {looked === null && <Loader size="sm" role="status" aria-label={t('centre.reading')} />}
        {unfinished !== null && <DemandedFactor session={unfinished} onDone={onLogin} />}
        {looked?.kind === 'open' && unfinished === null && (
          <>
            <p className={classes['lead']}>{t('invitation.lead', { ...looked.invitation })}</p>
            <OwnPasswordForm login={looked.invitation.login} send={choose} onSet={enter} />
          </>
        )}
        {looked !== null && looked.kind !== 'open' && (
          <>
            <div className={classes['trouble']} role="alert">
              {looked.kind === 'refused' && looked.error === 'bad_request'
                ? t('error.invitation_unknown')
                : loginTrouble(looked, t)}
            </div>
            <Button
              variant="default"
              mt="md"
              onClick={looked.kind === 'unreachable' ? () => setAttempt(attempt + 1) : onLeave}
            >
              {t(looked.kind === 'unreachable' ? 'invitation.again' : 'invitation.toLogin')}
            </Button>
          </>
        )}
      </div>
    </main>
  );
}
