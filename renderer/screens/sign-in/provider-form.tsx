import { PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  belowConsole,
  LINK_KINDS,
  SIGN_IN_CALLBACK,
  type ProviderChange,
  type ProviderView,
} from '#shared/protocol/sign-in.ts';
import { SentFormPart } from '#renderer/kit/forms/sent-form.tsx';
import { useSentForm, type SentForm } from '#renderer/kit/forms/use-sent-form.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { CopyLine } from '#renderer/kit/layout/copy-line.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { GroupTable } from './group-table.tsx';
import { losesAccess, providerFieldsOf, readProviderFields, type ProviderFields } from './provider-draft.ts';
import { saveProvider } from './sign-in-settings-api.ts';
import own from './sign-in.module.css';

interface Props {
  readonly provider: ProviderView;
  readonly isLive: boolean;
  readonly onSaved: () => Promise<void>;
}

type PartProps = SentForm<ProviderFields, ProviderChange>;

/** How people come in by a provider: where it is, what it tells of them, and what their groups give. */
export function ProviderForm({ provider, isLive, onSaved }: Props) {
  const { t } = useTranslation();
  const sent = useSentForm({
    initialValues: providerFieldsOf(provider, location.origin),
    read: readProviderFields,
    words: {
      label: (field) => t(`signIn.form.${field}`),
      hint: (field) => t(`signIn.formHint.${field}`),
      rule: (field) => t(`signIn.formWrong.${field}`),
    },
    send: saveProvider,
    onSent: () => {
      tellDone(t('signIn.saved'));
      return onSaved();
    },
  });
  const { form } = sent;
  return (
    <SentFormPart sent={sent} title={t('signIn.settings')} saveLabel={t('signIn.save')} isLive={isLive}>
      <Server {...sent} provider={provider} />
      <Registered consoleUrl={form.values.consoleUrl} />
      <Claims {...sent} />
      <People {...sent} />
      <h3 className={own['heading']}>{t('signIn.part.groups')}</h3>
      <GroupTable
        groups={form.values.groups}
        isWrong={form.errors['groups'] !== undefined}
        onChange={(groups) => form.setFieldValue('groups', groups)}
      />
    </SentFormPart>
  );
}

function Server({ field, form, provider }: PartProps & { readonly provider: ProviderView }) {
  const { t } = useTranslation();
  const isForgotten = losesAccess(provider, form.values);
  const kept = provider.hasAccess && !isForgotten ? { placeholder: t('signIn.asItWas') } : {};
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('signIn.part.provider')}</legend>
      <TextInput {...field('name')} autoComplete="off" />
      <TextInput {...field('issuer')} type="url" autoComplete="off" />
      <TextInput {...field('clientId')} autoComplete="off" />
      <PasswordInput
        {...field('clientAccess')}
        {...kept}
        {...(isForgotten ? { description: t('signIn.accessGoes') } : {})}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
      />
      <TextInput {...field('consoleUrl')} type="url" />
      <Textarea {...field('certificate')} rows={3} autoComplete="off" />
    </fieldset>
  );
}

function Registered({ consoleUrl }: { readonly consoleUrl: string }) {
  const { t } = useTranslation();
  const addresses = {
    callback: belowConsole(consoleUrl, SIGN_IN_CALLBACK),
    end: belowConsole(consoleUrl, '/'),
  };
  return (
    <>
      <h3 className={own['heading']}>{t('signIn.there.title')}</h3>
      {(['callback', 'end'] as const).map((name) => (
        <CopyLine
          key={name}
          label={t(`signIn.there.${name}`)}
          value={addresses[name]}
          action={t('signIn.copy')}
          buttonLabel={`${t('signIn.copy')}: ${t(`signIn.there.${name}`)}`}
        />
      ))}
    </>
  );
}

function Claims({ field }: Pick<PartProps, 'field'>) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('signIn.part.claims')}</legend>
      <TextInput {...field('loginClaim')} autoComplete="off" />
      <TextInput {...field('nameClaim')} autoComplete="off" />
      <TextInput {...field('groupsClaim')} autoComplete="off" />
      <TextInput {...field('scope')} autoComplete="off" />
    </fieldset>
  );
}

function People({ field, toggle }: PartProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('signIn.part.people')}</legend>
      <Select
        {...field('linkBy')}
        data={LINK_KINDS.map((value) => ({ value, label: t(`signIn.link.${value}`) }))}
        allowDeselect={false}
      />
      <Switch {...toggle('mayCreate')} />
      <Switch {...toggle('isOn')} />
    </fieldset>
  );
}
