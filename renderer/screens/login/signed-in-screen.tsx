import { Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { API_ERROR_KINDS } from '#shared/protocol/errors.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { LoginFailure, LoginResult } from '#renderer/data/session/session-api.ts';
import { readSignedIn } from '#renderer/data/session/sign-in-api.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { loginTrouble } from './login-trouble.ts';

interface Props {
  /** Comes from the address; '' where the sign-in succeeded. */
  readonly refusal: string;
  readonly onLogin: (session: Session) => Promise<void>;
  readonly onLeave: () => void;
}

const failureOf = (refusal: string): LoginFailure => ({
  kind: 'refused',
  error: memberOf(API_ERROR_KINDS, refusal) ?? 'sign_in_token',
  retryAfterSeconds: null,
});

/** Where a provider's page leads back to: the person is in, or reads why not. */
export function SignedInScreen({ refusal, onLogin, onLeave }: Props) {
  const { t } = useTranslation();
  const [result, setResult] = useState<LoginResult | null>(refusal === '' ? null : failureOf(refusal));
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    document.title = t('session.signedIn.documentTitle');
  }, [t]);
  useEffect(() => {
    if (refusal !== '') return;
    let isHere = true;
    const read = async (): Promise<void> => {
      const read = await readSignedIn();
      if (!isHere) return;
      if (read.kind === 'logged_in') await onLogin(read.session);
      else setResult(read);
    };
    void read();
    return () => {
      isHere = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- once an attempt, whoever draws it
  }, [refusal, attempt]);
  const failure = result === null || result.kind === 'logged_in' ? null : result;
  const again = (): void => {
    setResult(null);
    setAttempt(attempt + 1);
  };
  return (
    <main className={classes['page']}>
      <div className={classes['form']}>
        <h1>{t('frame.brand')}</h1>
        {failure === null ? (
          <Loader size="sm" mt="md" role="status" aria-label={t('session.signedIn.reading')} />
        ) : (
          <>
            <p className={classes['lead']}>{t('session.lead')}</p>
            <div className={classes['trouble']} role="alert">
              {loginTrouble(failure, t)}
            </div>
            <Button mt="md" variant="default" onClick={failure.kind === 'unreachable' ? again : onLeave}>
              {t(failure.kind === 'unreachable' ? 'session.signedIn.again' : 'session.signedIn.toLogin')}
            </Button>
          </>
        )}
      </div>
    </main>
  );
}
