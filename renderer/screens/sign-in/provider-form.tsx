import { Button, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { must } from '#shared/domain/must.ts';
import {
  belowConsole,
  LINK_KINDS,
  SIGN_IN_CALLBACK,
  type ProviderChange,
  type ProviderView,
} from '#shared/protocol/sign-in.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { formErrors } from '#renderer/kit/forms/read-form.ts';
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

type Form = UseFormReturnType<ProviderFields, ProviderChange>;
type Field = (name: keyof ProviderFields) => ReturnType<Form['getInputProps']> & {
  readonly label: string;
  readonly description: string;
  readonly error: string | undefined;
};
interface PartProps {
  readonly field: Field;
  readonly form: Form;
}

/** How people come in by a provider: where it is, what it tells of them, and what their groups give. */
export function ProviderForm({ provider, isLive, onSaved }: Props) {
  const { t } = useTranslation();
  const saving = useCentreAction(
    saveProvider,
    () => {
      tellDone(t('signIn.saved'));
      return onSaved();
    },
    shownInForm,
  );
  const form = useForm<ProviderFields, ProviderChange>({
    initialValues: providerFieldsOf(provider, location.origin),
    clearInputErrorOnChange: false,
    validate: (fields) => formErrors(readProviderFields(fields)),
    transformValues: (fields) => must(readProviderFields(fields).value, 'a form without wrong fields'),
  });
  const field: Field = (name) => ({
    ...form.getInputProps(name),
    label: t(`signIn.form.${name}`),
    description: t(`signIn.formHint.${name}`),
    error: form.errors[name] === undefined ? undefined : t(`signIn.formWrong.${name}`),
  });
  return (
    <form
      className={classes['part']}
      aria-label={t('signIn.settings')}
      onSubmit={form.onSubmit(saving.run)}
      noValidate
    >
      <h2>{t('signIn.settings')}</h2>
      <Server field={field} form={form} provider={provider} />
      <Registered consoleUrl={form.values.consoleUrl} />
      <Claims field={field} />
      <People field={field} form={form} />
      <h3 className={own['heading']}>{t('signIn.part.groups')}</h3>
      <GroupTable
        groups={form.values.groups}
        isWrong={form.errors['groups'] !== undefined}
        onChange={(groups) => form.setFieldValue('groups', groups)}
      />
      {saving.failure !== null && (
        <p className={classes['bad']} role="alert">
          {t(`error.${saving.failure}`)}
        </p>
      )}
      {!isLive && <p className={classes['bad']}>{t('signIn.needsConnection')}</p>}
      <div className={own['save']}>
        <Button type="submit" loading={saving.isPending} disabled={!isLive}>
          {t('signIn.save')}
        </Button>
      </div>
    </form>
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

function People({ field, form }: PartProps) {
  const { t } = useTranslation();
  const toggle = (name: 'mayCreate' | 'isOn') => (
    <Switch
      {...form.getInputProps(name, { type: 'checkbox' })}
      label={t(`signIn.form.${name}`)}
      description={t(`signIn.formHint.${name}`)}
    />
  );
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('signIn.part.people')}</legend>
      <Select
        {...field('linkBy')}
        data={LINK_KINDS.map((value) => ({ value, label: t(`signIn.link.${value}`) }))}
        allowDeselect={false}
      />
      {toggle('mayCreate')}
      {toggle('isOn')}
    </fieldset>
  );
}
