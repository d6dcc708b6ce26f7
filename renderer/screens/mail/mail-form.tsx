import { NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAIL_LANGUAGES, MAIL_SECURITIES, type MailChange, type MailView } from '#shared/protocol/mail.ts';
import { useCentreAddress } from '#renderer/host/use-centre-address.ts';
import { SentFormPart } from '#renderer/kit/forms/sent-form.tsx';
import { useSentForm, type SentForm } from '#renderer/kit/forms/use-sent-form.ts';
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

type PartProps = SentForm<MailFields, MailChange>;

/** How the centre sends mail: its server, what stands in the mails, when notices go out. */
export function MailForm({ mail, isLive, onSaved }: Props) {
  const { t } = useTranslation();
  const here = new URL(useCentreAddress('/')).origin;
  const sent = useSentForm({
    initialValues: mailFieldsOf(mail, here),
    read: readMailFields,
    words: {
      label: (field) => t(`mail.form.${field}`),
      hint: (field) => t(`mail.formHint.${field}`),
      rule: (field) => t(`mail.formWrong.${field}`),
    },
    send: saveMail,
    onSent: () => {
      tellDone(t('mail.saved'));
      return onSaved();
    },
  });
  return (
    <SentFormPart sent={sent} title={t('mail.settings')} saveLabel={t('mail.save')} isLive={isLive}>
      <Server {...sent} mail={mail} />
      <Contents {...sent} />
      <Notices {...sent} />
    </SentFormPart>
  );
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

function Notices({ field, toggle }: PartProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('mail.part.notices')}</legend>
      <Switch {...toggle('isOn')} />
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
