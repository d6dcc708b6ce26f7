import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/protocol/session.ts';
import { keepOwnSecret } from '#renderer/data/session/offline-entry.ts';
import classes from '#renderer/kit/layout/entrance.module.css';

/** Pauses after wrong ones are what protects it (docs/decisions/026-offline-password.md). */
const SHORTEST = 8;

interface Props {
  readonly session: Session;
  readonly onSet: () => void;
}

/** A password for this workstation alone, for whoever has none that it could judge without the centre. */
export const OfflineSecretForm = ({ session, onSet }: Props) => {
  const { t } = useTranslation();
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const ruleId = useId();
  const { login } = session.account;
  const form = useForm({
    initialValues: { password: '', repeat: '' },
    validate: {
      password: (value) => (value.length < SHORTEST ? t('session.pin.short') : null),
      repeat: (value, { password }) => (value === password ? null : t('session.own.differ')),
    },
  });
  const submit = async (password: string): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      await keepOwnSecret(session, password);
      onSet();
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  const field = (name: 'password' | 'repeat') => ({
    ...form.getInputProps(name),
    label: t(`session.own.${name}`),
    name,
    autoComplete: 'new-password',
    visibilityToggleButtonProps: { 'aria-label': t('session.showPassword') },
  });
  return (
    <form onSubmit={form.onSubmit(({ password }) => void submit(password))} noValidate>
      <Stack gap="sm">
        <p id={ruleId} className={classes['rule']}>
          {t('session.pin.rule', { login })}
        </p>
        <PasswordInput {...field('password')} aria-describedby={ruleId} data-autofocus />
        <PasswordInput {...field('repeat')} />
        {hasFailed && (
          <div className={classes['trouble']} role="alert">
            {t('session.pin.failed')}
          </div>
        )}
        <Button type="submit" loading={isBusy}>
          {t('session.pin.set')}
        </Button>
      </Stack>
    </form>
  );
};
