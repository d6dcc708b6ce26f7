import { Button, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { must } from '#shared/domain/must.ts';
import { MAIL_LANGUAGES, MAIL_SECURITIES, type MailChange, type MailView } from '#shared/protocol/mail.ts';
import { useCentreAddress } from '#renderer/host/use-centre-address.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { formErrors, wrongWords } from '#renderer/kit/forms/read-form.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { saveMail } from './mail-api.ts';
import { mailFieldsOf, passwordHint, readMailFields, USUAL_PORTS, type MailFields } from './mail-draft.ts';

interface Props {
  readonly mail: MailView;
  readonly isLive: boolean;
  readonly onSaved: () => Promise<void>;
}

type Field = (name: keyof MailFields) => ReturnType<UseFormReturnType<MailFields>['getInputProps']> & {
  readonly label: string;
  readonly description: string;
  readonly error: string | undefined;
};

/** How the centre sends mail: its server, what stands in the mails, when notices go out. */
export function MailForm({ mail, isLive, onSaved }: Props) {
  const { t } = useTranslation();
  const here = new URL(useCentreAddress('/')).origin;
  const saving = useCentreAction(
    saveMail,
    () => {
      tellDone(t('mail.saved'));
      return onSaved();
    },
    shownInForm,
  );
  const form = useForm<MailFields, MailChange>({
    initialValues: mailFieldsOf(mail, here),
    clearInputErrorOnChange: false,
    validate: (fields) => formErrors(readMailFields(fields)),
    transformValues: (fields) => must(readMailFields(fields).value, 'a form without wrong fields'),
  });
  const field: Field = (name) => ({
    ...form.getInputProps(name),
    label: t(`mail.form.${name}`),
    description: t(`mail.formHint.${name}`),
    error: wrongWords(form.errors[name], name, t(`mail.formWrong.${name}`), t),
  });
  return (
    <form
      className={classes['part']}
      aria-label={t('mail.settings')}
      onSubmit={form.onSubmit(saving.run)}
      noValidate
    >
      <h2>{t('mail.settings')}</h2>
      <Server field={field} form={form} mail={mail} />
      <Contents field={field} />
      <Notices field={field} form={form} />
      {saving.failure !== null && (
        <p className={classes['bad']} role="alert">
          {t(`error.${saving.failure}`)}
        </p>
      )}
      {!isLive && <p className={classes['bad']}>{t('mail.needsConnection')}</p>}
      <div className={classes['tools']}>
        <Button type="submit" loading={saving.isPending} disabled={!isLive}>
          {t('mail.save')}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  readonly field: Field;
  readonly form: UseFormReturnType<MailFields, MailChange>;
}

function Server({ field, form, mail }: PartProps & { readonly mail: MailView }) {
  const { t } = useTranslation();
  const hint = passwordHint(mail, form.values);
  const kept = mail.hasPassword && hint !== 'passwordGoes' ? { placeholder: t('mail.asItWas') } : {};
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('mail.part.server')}</legend>
      <TextInput {...field('host')} autoComplete="off" />
      <Select
        {...field('security')}
        data={MAIL_SECURITIES.map((value) => ({ value, label: t(`mail.security.${value}`) }))}
        allowDeselect={false}
        onChange={(value) => {
          const security = memberOf(MAIL_SECURITIES, value ?? '');
          if (security !== undefined) form.setValues({ security, port: USUAL_PORTS[security] });
        }}
      />
      <NumberInput
        {...field('port')}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        hideControls
      />
      <TextInput {...field('login')} autoComplete="off" />
      <PasswordInput
        {...field('password')}
        {...kept}
        {...(hint === null ? {} : { description: t(`mail.${hint}`) })}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('mail.show') }}
      />
      <Textarea {...field('certificate')} rows={3} autoComplete="off" />
    </fieldset>
  );
}

function Contents({ field }: Pick<PartProps, 'field'>) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('mail.part.contents')}</legend>
      <TextInput {...field('sender')} type="email" />
      <TextInput {...field('consoleUrl')} type="url" />
      <Select
        {...field('language')}
        data={MAIL_LANGUAGES.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
        allowDeselect={false}
      />
    </fieldset>
  );
}

function Notices({ field, form }: PartProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('mail.part.notices')}</legend>
      <Switch
        {...form.getInputProps('isOn', { type: 'checkbox' })}
        label={t('mail.form.isOn')}
        description={t('mail.formHint.isOn')}
      />
      <NumberInput
        {...field('digestMinutes')}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
      />
      <TextInput {...field('quietFrom')} type="time" />
      <TextInput {...field('quietTo')} type="time" />
    </fieldset>
  );
}
