import { Button, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LDAP_LINK_KINDS, type LdapChange, type LdapView } from '#shared/protocol/ldap.ts';
import { SentFormPart } from '#renderer/kit/forms/sent-form.tsx';
import { useSentForm, type SentForm } from '#renderer/kit/forms/use-sent-form.ts';
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

type PartProps = SentForm<DirectoryFields, LdapChange>;

/** How people come in by passwords of a directory: where it is, whom it finds, and what their groups give. */
export function DirectoryForm({ directory, isLive, onSaved }: Props) {
  const { t } = useTranslation();
  const sent = useSentForm({
    initialValues: directoryFieldsOf(directory),
    read: readDirectoryFields,
    words: {
      label: (field) => t(`signIn.directory.form.${field}`),
      hint: (field) => t(`signIn.directory.formHint.${field}`),
      rule: (field) => t(`signIn.directory.formWrong.${field}`),
    },
    send: saveDirectory,
    onSent: () => {
      tellDone(t('signIn.saved'));
      return onSaved();
    },
  });
  const { form } = sent;
  return (
    <SentFormPart
      sent={sent}
      title={t('signIn.directory.title')}
      saveLabel={t('signIn.save')}
      isLive={isLive}
    >
      <Server {...sent} />
      <Reader {...sent} directory={directory} />
      <Search {...sent} />
      <People {...sent} />
      <h3 className={own['heading']}>{t('signIn.part.groups')}</h3>
      <p className={classes['hint']}>{t('signIn.directory.groupNames')}</p>
      <GroupTable
        groups={form.values.groups}
        isWrong={form.errors['groups'] !== undefined}
        onChange={(groups) => form.setFieldValue('groups', groups)}
      />
    </SentFormPart>
  );
}

function Server({ field, toggle, form }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className={classes['fields']}>
        <legend>{t('signIn.directory.part.server')}</legend>
        <TextInput {...field('url')} autoComplete="off" />
        <Textarea {...field('certificate')} rows={3} autoComplete="off" />
        <Switch {...toggle('startTls')} />
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

function People({ field, toggle }: PartProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('signIn.part.people')}</legend>
      <Select
        {...field('linkBy')}
        data={LDAP_LINK_KINDS.map((value) => ({ value, label: t(`signIn.link.${value}`) }))}
        allowDeselect={false}
      />
      <Switch {...toggle('mayCreate')} />
      <Switch {...toggle('isOn')} />
    </fieldset>
  );
}
