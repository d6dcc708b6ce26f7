import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Session } from '#shared/protocol/session.ts';
import { useShellState } from '#renderer/host/shell-state.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { logIn, type LoginResult } from '#renderer/data/session/session-api.ts';

const troubleOf = (result: Exclude<LoginResult, { kind: 'logged_in' }>, t: TFunction): string => {
  if (result.kind === 'unreachable') return t('session.unreachable');
  if (result.error === 'rate_limited')
    return t('session.tooOften', { count: Math.max(1, Math.ceil((result.retryAfterSeconds ?? 60) / 60)) });
  return result.error === 'forbidden' ? t('session.disabled') : t(`error.${result.error}`);
};

interface LoginFormProps {
  readonly login?: string;
  readonly onLogin: (session: Session) => Promise<void> | void;
}

/** Login and password. What went wrong stays under the fields until the next try. */
export const LoginForm = ({ login: known = '', onLogin }: LoginFormProps) => {
  const { t } = useTranslation();
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState('');
  const [trouble, setTrouble] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [isBusy, setBusy] = useState(false);
  const keeping = useShellState()?.keeping;
  const submit = async (): Promise<void> => {
    setBusy(true);
    setTrouble('');
    const result = await logIn(login.trim(), password);
    if (result.kind === 'logged_in') await onLogin(result.session);
    else setTrouble(troubleOf(result, t));
    setBusy(false);
  };
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
    </form>
  );
};
