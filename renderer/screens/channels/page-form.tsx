import { PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { existsAt } from '#shared/domain/directory.ts';
import { must } from '#shared/domain/must.ts';
import { CHANNEL_NETWORKS, type ChannelNetwork } from '#shared/protocol/channels.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { addPage, editPage, type ListedPage } from '#renderer/kit/api/channels-api.ts';
import type { FormReading } from '#renderer/kit/forms/read-form.ts';
import { SentFormPart } from '#renderer/kit/forms/sent-form.tsx';
import { useSentForm } from '#renderer/kit/forms/use-sent-form.ts';
import own from './channels.module.css';
import {
  pageDraftOf,
  emptyDraft,
  draftInNetwork,
  NETWORK_FORM,
  ownFields,
  readNew,
  readSettings,
  type PageDraft,
  type TextField,
} from './page-draft.ts';
import type { PageField } from './page-field.ts';
import { formWords } from './page-words.ts';
import { RuleFields } from './rule-fields.tsx';

interface Props {
  /** The page to change; null: a new one. */
  readonly page: ListedPage | null;
  readonly isLive: boolean;
  readonly onSaved: (id: string) => void;
  readonly onCancel: () => void;
}

/** Reads a draft as what it is sent for; a draft without wrong fields is its own value. */
function readPage(draft: PageDraft, isNew: boolean): FormReading<PageDraft> {
  const { value, ...wrong } = isNew ? readNew(draft) : readSettings(draft);
  return { ...wrong, value: value === null ? null : draft };
}

/** Saves a form without wrong fields. */
const save = (page: ListedPage | null, draft: PageDraft): Promise<CentreAnswer<{ id: string }>> =>
  page === null
    ? addPage(must(readNew(draft).value, 'a new page'))
    : editPage(page.id, must(readSettings(draft).value, 'the settings of a page'));

/** A page: where it is, how to speak for it, what of it enters the queue. */
export function PageForm({ page, isLive, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const isNew = page === null;
  const [initialValues] = useState(() => (page === null ? null : pageDraftOf(page)) ?? emptyDraft());
  const sent = useSentForm({
    initialValues,
    read: (draft) => readPage(draft, isNew),
    words: {
      label: (field, { network }) => formWords('form', field, network, t),
      hint: (field, { network }) => formWords('formHint', field, network, t),
      rule: (field, { network }) => formWords('formWrong', field, network, t),
    },
    send: (draft: PageDraft) => save(page, draft),
    onSent: ({ id }, { name }) => {
      tellDone(t(isNew ? 'channels.added' : 'channels.saved', { name }));
      onSaved(id);
    },
  });
  const { form, field } = sent;
  return (
    <SentFormPart
      sent={sent}
      title={isNew ? t('channels.add') : t('channels.edit', { name: page.name })}
      saveLabel={t('channels.save')}
      isLive={isLive}
      onCancel={onCancel}
    >
      <Place
        field={field}
        isNew={isNew}
        receptions={NETWORK_FORM[form.values.network].receptions}
        onNetwork={(next) => form.setValues(draftInNetwork(form.values, next))}
      />
      <RuleFields field={field} />
      <Access field={field} names={ownFields(form.values)} isNew={isNew} />
    </SentFormPart>
  );
}

interface PlaceProps {
  readonly field: PageField;
  readonly isNew: boolean;
  readonly receptions: readonly string[];
  readonly onNetwork: (network: ChannelNetwork) => void;
}

function Place({ field, isNew, receptions, onNetwork }: PlaceProps) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const now = useNow();
  const choices = agencies.filter((agency) => existsAt(agency, now));
  const agency = field('agency');
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('channels.form.place')}</legend>
      <TextInput {...field('name')} data-autofocus />
      <Select
        {...field('network')}
        data={CHANNEL_NETWORKS.map((network) => ({ value: network, label: t(`network.${network}`) }))}
        allowDeselect={false}
        disabled={!isNew}
        onChange={(value) => value !== null && onNetwork(value as ChannelNetwork)}
      />
      <TextInput {...field('pageId')} disabled={!isNew} />
      {receptions.length > 1 && (
        <Select
          {...field('reception')}
          data={receptions.map((reception) => ({
            value: reception,
            label: t(`channels.reception.${reception}`),
          }))}
          allowDeselect={false}
        />
      )}
      <TextInput {...field('baseUrl')} type="url" />
      <Select
        {...agency}
        value={agency.value === '' ? null : agency.value}
        data={choices.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        clearable
        onChange={(value) => agency.onChange(value ?? '')}
        clearButtonProps={{ 'aria-label': t('common.clear') }}
      />
    </fieldset>
  );
}

/** Fields whose text is hidden while it is typed. */
const HIDDEN: readonly TextField[] = ['token', 'readToken', 'applicationSecret'];

function Access({
  field,
  names,
  isNew,
}: Pick<PlaceProps, 'field' | 'isNew'> & { readonly names: readonly TextField[] }) {
  const { t } = useTranslation();
  const asItWas = isNew ? {} : { placeholder: t('channels.asItWas') };
  const eye = { 'aria-label': t('channels.show') };
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('channels.form.access')}</legend>
      {names.map((name) =>
        HIDDEN.includes(name) ? (
          <PasswordInput
            key={name}
            {...field(name)}
            {...asItWas}
            autoComplete="off"
            visibilityToggleButtonProps={eye}
          />
        ) : (
          <TextInput key={name} {...field(name)} {...asItWas} autoComplete="off" />
        ),
      )}
      <Textarea {...field('certificate')} rows={3} className={own['wide'] ?? ''} />
    </fieldset>
  );
}
