import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Session } from '#shared/protocol/session.ts';
import { useShellState } from '#renderer/host/shell-state.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { centreNow } from '#renderer/data/session/centre-offset.ts';
import { enterOffline, learnFromLogin, type OfflineEntry } from '#renderer/data/session/offline-entry.ts';
import { logIn, type LoginFailure } from '#renderer/data/session/session-api.ts';
import { CodeInput } from '#renderer/kit/second-factor/code-input.tsx';
import { DemandedFactor } from './demanded-factor.tsx';
import { loginTrouble, minutes } from './login-trouble.ts';
import { OwnPasswordForm } from './own-password-form.tsx';

const offlineTroubleOf = (entry: Exclude<OfflineEntry, { kind: 'entered' }>, t: TFunction): string =>
  entry.kind === 'paused'
    ? t('session.offline.paused', { count: minutes(entry.waitMs) })
    : t(`session.offline.${entry.kind}`);

/** The password was right, and a code of the second factor is wanted beside it. */
const isCodeAsked = (result: LoginFailure): boolean =>
  result.kind === 'refused' && result.error === 'second_factor_needed';

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
  const [code, setCode] = useState<string | null>(null);
  const [unfinished, setUnfinished] = useState<Session | null>(null);
  const keeping = useShellState()?.keeping;
  const goOnOffline = async (): Promise<void> => {
    // Where nothing can be kept, nobody is known.
    const unknown: OfflineEntry = { kind: 'unknown' };
    const entry = await enterOffline(login, password, centreNow()).catch(() => unknown);
    if (entry.kind === 'entered') await onLogin(entry.session);
    else setTrouble(offlineTroubleOf(entry, t));
  };
  const enter = async (session: Session): Promise<void> => {
    if (session.mustSetFactor === true) setUnfinished(session);
    else await onLogin(session);
  };
  const type = (set: (value: string) => void, value: string): void => {
    set(value);
    // A code belongs to whose password it was asked for.
    setCode(null);
  };
  const submit = async (): Promise<void> => {
    setBusy(true);
    setTrouble('');
    const result = await logIn(login.trim(), password, code?.trim() || undefined);
    if (result.kind === 'logged_in' && result.session.mustSetPassword === true) return setNew(true);
    if (result.kind === 'logged_in' && result.session.mustSetFactor === true)
      return setUnfinished(result.session);
    if (result.kind === 'logged_in') await onLogin(result.session);
    else if (result.kind === 'unreachable' && isOfflineOpen) await goOnOffline();
    else if (isCodeAsked(result)) setCode('');
    else setTrouble(loginTrouble(result, t));
    setBusy(false);
    // After the screens: it takes half a second. A disk without room costs going on without the network.
    await learnFromLogin(login, password, result, Date.now()).catch(() => undefined);
  };
  const finish = async (session: Session): Promise<void> => {
    await onLogin(session);
    // Whoever has chosen another password meanwhile is known by that one.
    if (!isNew) await learnFromLogin(login, password, { kind: 'logged_in', session }, Date.now());
  };
  if (unfinished !== null) return <DemandedFactor session={unfinished} onDone={finish} />;
  if (isNew) return <OwnPasswordForm login={login.trim()} current={password} onSet={enter} />;
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
          onChange={(event) => type(setLogin, event.currentTarget.value)}
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
          onChange={(event) => type(setPassword, event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        />
        {code !== null && <CodeInput isFirst takesSpares value={code} onChange={setCode} />}
        {trouble !== '' && (
          <div className={classes['trouble']} role="alert">
            {trouble}
          </div>
        )}
        {keeping !== undefined && keeping !== 'kept' && (
          <p className={classes['lead']}>{t(`shell.keeping.${keeping}`)}</p>
        )}
        <Button
          type="submit"
          loading={isBusy}
          disabled={login.trim() === '' || password === '' || code?.trim() === ''}
        >
          {t('session.login')}
        </Button>
      </Stack>
      {children}
    </form>
  );
};
