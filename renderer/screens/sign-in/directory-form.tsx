import { Button, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { must } from '#shared/domain/must.ts';
import { LDAP_LINK_KINDS, type LdapChange, type LdapView } from '#shared/protocol/ldap.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { formErrors } from '#renderer/kit/forms/read-form.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { Warning } from '#renderer/kit/layout/warning.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { saveDirectory } from './directory-api.ts';
import {
  directoryFieldsOf,
  isSentOpen,
  LDAP_PRESETS,
  losesBindAccess,
  readDirectoryFields,
  type DirectoryFields,
  type LdapPreset,
} from './directory-draft.ts';
import { GroupTable } from './group-table.tsx';
import own from './sign-in.module.css';

interface Props {
  readonly directory: LdapView;
  readonly isLive: boolean;
  readonly onSaved: () => Promise<void>;
}

type Form = UseFormReturnType<DirectoryFields, LdapChange>;
type Field = (name: keyof DirectoryFields) => ReturnType<Form['getInputProps']> & {
  readonly label: string;
  readonly description: string;
  readonly error: string | undefined;
};
interface PartProps {
  readonly field: Field;
  readonly form: Form;
}

/** How people come in by passwords of a directory: where it is, whom it finds, and what their groups give. */
export function DirectoryForm({ directory, isLive, onSaved }: Props) {
  const { t } = useTranslation();
  const saving = useCentreAction(
    saveDirectory,
    () => {
      tellDone(t('signIn.saved'));
      return onSaved();
    },
    shownInForm,
  );
  const form = useForm<DirectoryFields, LdapChange>({
    initialValues: directoryFieldsOf(directory),
    clearInputErrorOnChange: false,
    validate: (fields) => formErrors(readDirectoryFields(fields)),
    transformValues: (fields) => must(readDirectoryFields(fields).value, 'a form without wrong fields'),
  });
  const field: Field = (name) => ({
    ...form.getInputProps(name),
    label: t(`signIn.directory.form.${name}`),
    description: t(`signIn.directory.formHint.${name}`),
    error: form.errors[name] === undefined ? undefined : t(`signIn.directory.formWrong.${name}`),
  });
  return (
    <form
      className={classes['part']}
      aria-label={t('signIn.directory.title')}
      onSubmit={form.onSubmit(saving.run)}
      noValidate
    >
      <h2>{t('signIn.directory.title')}</h2>
      <Server field={field} form={form} />
      <Reader field={field} form={form} directory={directory} />
      <Search field={field} form={form} />
      <People field={field} form={form} />
      <h3 className={own['heading']}>{t('signIn.part.groups')}</h3>
      <p className={classes['hint']}>{t('signIn.directory.groupNames')}</p>
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

function Server({ field, form }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className={classes['fields']}>
        <legend>{t('signIn.directory.part.server')}</legend>
        <TextInput {...field('url')} autoComplete="off" />
        <Textarea {...field('certificate')} rows={3} autoComplete="off" />
        <Switch
          {...form.getInputProps('startTls', { type: 'checkbox' })}
          label={t('signIn.directory.form.startTls')}
          description={t('signIn.directory.formHint.startTls')}
          error={form.errors['startTls'] === undefined ? undefined : t('signIn.directory.formWrong.startTls')}
        />
      </fieldset>
      {isSentOpen(form.values) && (
        <Warning title={t('signIn.directory.open.title')} mb="md">
          {t('signIn.directory.open.hint')}
        </Warning>
      )}
    </>
  );
}

function Reader({ field, form, directory }: PartProps & { readonly directory: LdapView }) {
  const { t } = useTranslation();
  const isForgotten = losesBindAccess(directory, form.values);
  const kept = directory.hasAccess && !isForgotten ? { placeholder: t('signIn.asItWas') } : {};
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('signIn.directory.part.reader')}</legend>
      <TextInput {...field('bindDn')} autoComplete="off" />
      <PasswordInput
        {...field('bindAccess')}
        {...kept}
        {...(isForgotten ? { description: t('signIn.directory.accessGoes') } : {})}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.directory.show') }}
      />
      <TextInput {...field('personDn')} className={own['wide'] ?? ''} autoComplete="off" />
    </fieldset>
  );
}

const isPreset = (preset: LdapPreset, values: DirectoryFields): boolean =>
  Object.entries(LDAP_PRESETS[preset]).every(([name, value]) => Reflect.get(values, name) === value);

function Search({ field, form }: PartProps) {
  const { t } = useTranslation();
  const presets = Object.keys(LDAP_PRESETS) as readonly LdapPreset[];
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('signIn.directory.part.search')}</legend>
      <div className={own['presets']} role="group" aria-label={t('signIn.directory.preset.title')}>
        <span>{t('signIn.directory.preset.title')}</span>
        {presets.map((preset) => (
          <Button
            key={preset}
            size="compact-sm"
            variant="default"
            aria-pressed={isPreset(preset, form.values)}
            onClick={() => form.setValues(LDAP_PRESETS[preset])}
          >
            {t(`signIn.directory.preset.${preset}`)}
          </Button>
        ))}
      </div>
      <TextInput {...field('base')} className={own['wide'] ?? ''} autoComplete="off" />
      <TextInput {...field('filter')} className={own['wide'] ?? ''} autoComplete="off" />
      <TextInput {...field('idAttribute')} autoComplete="off" />
      <TextInput {...field('loginAttribute')} autoComplete="off" />
      <TextInput {...field('nameAttribute')} autoComplete="off" />
      <TextInput {...field('groupsAttribute')} autoComplete="off" />
    </fieldset>
  );
}

function People({ field, form }: PartProps) {
  const { t } = useTranslation();
  const toggle = (name: 'mayCreate' | 'isOn') => (
    <Switch
      {...form.getInputProps(name, { type: 'checkbox' })}
      label={t(`signIn.directory.form.${name}`)}
      description={t(`signIn.directory.formHint.${name}`)}
    />
  );
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('signIn.part.people')}</legend>
      <Select
        {...field('linkBy')}
        data={LDAP_LINK_KINDS.map((value) => ({ value, label: t(`signIn.link.${value}`) }))}
        allowDeselect={false}
      />
      {toggle('mayCreate')}
      {toggle('isOn')}
    </fieldset>
  );
}
