import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '#renderer/kit/layout/administration.module.css';
import { useLeaving } from './leaving-question.tsx';
import type { SentForm } from './use-sent-form.ts';

interface Props<F, C> {
  readonly sent: SentForm<F, C>;
  readonly title: string;
  readonly saveLabel: string;
  readonly isLive: boolean;
  /** Left out where the form stands on its screen for good. */
  readonly onCancel?: () => void;
  readonly children: ReactNode;
}

const stay = (): void => undefined;

/** The frame of a form that the centre takes at once; it asks before what was typed is given up. */
export function SentFormPart<F, C>({ sent, title, saveLabel, isLive, onCancel, children }: Props<F, C>) {
  const { t } = useTranslation();
  const { form, sending } = sent;
  const leaving = useLeaving(form.isDirty(), onCancel ?? stay);
  return (
    <form className={classes['part']} aria-label={title} onSubmit={form.onSubmit(sending.run)} noValidate>
      <h2>{title}</h2>
      {children}
      {sending.failure !== null && (
        <p className={classes['bad']} role="alert">
          {t(`error.${sending.failure}`)}
        </p>
      )}
      {!isLive && <p className={classes['bad']}>{t('centre.needsConnection')}</p>}
      <div className={classes['save']}>
        <Button type="submit" loading={sending.isPending} disabled={!isLive}>
          {saveLabel}
        </Button>
        {onCancel !== undefined && (
          <Button variant="default" onClick={leaving.leave}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
      {leaving.question}
    </form>
  );
}
