import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Session } from '#shared/protocol/session.ts';
import { useShellState } from '#renderer/host/shell-state.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { centreNow } from '#renderer/data/session/centre-offset.ts';
import { enterOffline, learnFromLogin, type OfflineEntry } from '#renderer/data/session/offline-entry.ts';
import { logIn } from '#renderer/data/session/session-api.ts';
import { loginTrouble, minutes } from './login-trouble.ts';
import { OwnPasswordForm } from './own-password-form.tsx';

const offlineTroubleOf = (entry: Exclude<OfflineEntry, { kind: 'entered' }>, t: TFunction): string =>
  entry.kind === 'paused'
    ? t('session.offline.paused', { count: minutes(entry.waitMs) })
    : t(`session.offline.${entry.kind}`);

interface LoginFormProps {
  readonly login?: string;
  /** When the centre cannot be reached, the password opens the local copy. */
  readonly isOfflineOpen?: boolean;
  /** Shown below the fields, not while a password of one's own is chosen. */
  readonly children?: ReactNode;
  readonly onLogin: (session: Session) => Promise<void> | void;
}

/** Login and password. What went wrong stays under the fields until the next try. */
export const LoginForm = ({
  login: known = '',
  isOfflineOpen = false,
  children,
  onLogin,
}: LoginFormProps) => {
  const { t } = useTranslation();
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState('');
  const [trouble, setTrouble] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [isBusy, setBusy] = useState(false);
  const [isNew, setNew] = useState(false);
  const keeping = useShellState()?.keeping;
  const goOnOffline = async (): Promise<void> => {
    // Where nothing can be kept, nobody is known.
    const unknown: OfflineEntry = { kind: 'unknown' };
    const entry = await enterOffline(login, password, centreNow()).catch(() => unknown);
    if (entry.kind === 'entered') await onLogin(entry.session);
    else setTrouble(offlineTroubleOf(entry, t));
  };
  const submit = async (): Promise<void> => {
    setBusy(true);
    setTrouble('');
    const result = await logIn(login.trim(), password);
    if (result.kind === 'logged_in' && result.session.mustSetPassword === true) return setNew(true);
    if (result.kind === 'logged_in') await onLogin(result.session);
    else if (result.kind === 'unreachable' && isOfflineOpen) await goOnOffline();
    else setTrouble(loginTrouble(result, t));
    setBusy(false);
    // After the screens: it takes half a second. A disk without room costs going on without the network.
    await learnFromLogin(login, password, result, Date.now()).catch(() => undefined);
  };
  if (isNew) return <OwnPasswordForm login={login.trim()} current={password} onSet={onLogin} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('session.loginName')}
          name="username"
          autoComplete="username"
          {...(known === '' ? { ref: first } : {})}
          required
          withAsterisk={false}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('session.password')}
          name="password"
          autoComplete="current-password"
          {...(known === '' ? {} : { ref: first })}
          data-autofocus
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        />
        {trouble !== '' && (
          <div className={classes['trouble']} role="alert">
            {trouble}
          </div>
        )}
        {keeping !== undefined && keeping !== 'kept' && (
          <p className={classes['lead']}>{t(`shell.keeping.${keeping}`)}</p>
        )}
        <Button type="submit" loading={isBusy} disabled={login.trim() === '' || password === ''}>
          {t('session.login')}
        </Button>
      </Stack>
      {children}
    </form>
  );
};
