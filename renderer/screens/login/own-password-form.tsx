import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXAMPLE_PASSWORDS, lengthTrouble } from '#shared/domain/password-rules.ts';
import type { Session } from '#shared/protocol/session.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { learnFromLogin } from '#renderer/data/session/offline-entry.ts';
import { setOwnPassword, type PasswordResult } from '#renderer/data/session/session-api.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { loginTrouble } from './login-trouble.ts';

interface OwnPasswordFormProps {
  readonly login: string;
  /** The password of the login just now; without it the person gives it once more. */
  readonly current?: string;
  /** Sets it in another way, by which nobody gave a password. */
  readonly send?: (password: string) => Promise<PasswordResult>;
  /** Called when it is set; `ended`: how many other sessions ended with it. */
  readonly onSet: (session: Session, ended: number) => Promise<void> | void;
}

/** From now on the new password opens the copy without a network. */
async function openOffline(login: string, password: string, session: Session): Promise<void> {
  const entered = { kind: 'logged_in', session } as const;
  // A disk without room costs going on without the network.
  await learnFromLogin(login, password, entered, Date.now()).catch(() => undefined);
}

/** Choosing a password of one's own: the rule stands there before anything is typed. */
export const OwnPasswordForm = ({ login, current, send, onSet }: OwnPasswordFormProps) => {
  const { t } = useTranslation();
  const [trouble, setTrouble] = useState('');
  const [isBusy, setBusy] = useState(false);
  const language = useLanguage();
  const ruleId = useId();
  const asksCurrent = current === undefined && send === undefined;
  const form = useForm({
    initialValues: { current: '', password: '', repeat: '' },
    validate: {
      current: (value) => (asksCurrent && value === '' ? t('session.own.currentMissing') : null),
      password: (value) => {
        const wrong = lengthTrouble(value);
        return wrong === null ? null : t(`error.password_${wrong}`);
      },
      repeat: (value, { password }) => (value === password ? null : t('session.own.differ')),
    },
  });
  const submit = async (typed: { readonly current: string; readonly password: string }): Promise<void> => {
    setBusy(true);
    setTrouble('');
    const result = await (send?.(typed.password) ?? setOwnPassword(current ?? typed.current, typed.password));
    if (result.kind === 'changed') {
      await onSet(result.session, result.ended);
      await openOffline(login, typed.password, result.session);
    } else setTrouble(loginTrouble(result, t));
    setBusy(false);
  };
  const field = (name: 'current' | 'password' | 'repeat') => ({
    ...form.getInputProps(name),
    label: t(`session.own.${name}`),
    name,
    autoComplete: name === 'current' ? 'current-password' : 'new-password',
    visibilityToggleButtonProps: { 'aria-label': t('session.showPassword') },
  });
  return (
    <form onSubmit={form.onSubmit((typed) => void submit(typed))} noValidate>
      <Stack gap="sm">
        {/* Password managers keep the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
        <p id={ruleId} className={classes['rule']}>
          {current === undefined ? '' : `${t('session.own.given')} `}
          {t('session.own.rule', { example: EXAMPLE_PASSWORDS[language] })}
        </p>
        {asksCurrent && <PasswordInput {...field('current')} data-autofocus />}
        <PasswordInput
          {...field('password')}
          aria-describedby={ruleId}
          {...(asksCurrent ? {} : { 'data-autofocus': true, autoFocus: true })}
        />
        <PasswordInput {...field('repeat')} />
        {trouble !== '' && (
          <div className={classes['trouble']} role="alert">
            {trouble}
          </div>
        )}
        <Button type="submit" loading={isBusy}>
          {t('session.own.set')}
        </Button>
      </Stack>
    </form>
  );
};
