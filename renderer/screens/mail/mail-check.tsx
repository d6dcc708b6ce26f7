import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mailCheckSchema, type MailOutcome } from '#shared/protocol/mail.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { formErrors, readForm } from '#renderer/kit/forms/read-form.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { problemWords } from '#renderer/kit/mail/outcome-words.ts';
import { checkMail } from './mail-api.ts';
import own from './mail.module.css';

/** Sends a real mail by the settings that are kept, and says what the mail server did with it. */
export function MailCheck({ isLive }: { readonly isLive: boolean }) {
  const { t } = useTranslation();
  const [told, setTold] = useState<{ readonly to: string; readonly outcome: MailOutcome } | null>(null);
  const form = useForm({
    initialValues: { to: '' },
    validate: (values) => formErrors(readForm(mailCheckSchema, { to: values.to.trim() }, ([field]) => field)),
  });
  const checking = useCentreAction(checkMail, (outcome, to) => setTold({ to, outcome }));
  return (
    <section className={classes['part']} aria-label={t('mail.check.title')}>
      <h2>{t('mail.check.title')}</h2>
      <p className={classes['hint']}>{t('mail.check.hint')}</p>
      <form
        className={own['line']}
        noValidate
        onSubmit={form.onSubmit(({ to }) => {
          setTold(null);
          checking.run(to.trim());
        })}
      >
        <TextInput
          {...form.getInputProps('to')}
          type="email"
          label={t('mail.check.to')}
          error={form.errors['to'] === undefined ? undefined : t('mail.formWrong.sender')}
        />
        <Button type="submit" variant="default" loading={checking.isPending} disabled={!isLive}>
          {t('mail.check.do')}
        </Button>
      </form>
      <div role="status">
        {told !== null && (
          <HealthLine
            tone={told.outcome.problem === null ? 'good' : 'bad'}
            text={problemWords(told.outcome, told.to, t) || t('mail.sent', { to: told.to })}
          />
        )}
      </div>
    </section>
  );
}
