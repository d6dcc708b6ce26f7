import { Button, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { existsAt } from '#shared/domain/directory.ts';
import { CHANNEL_NETWORKS, type ChannelNetwork } from '#shared/protocol/channels.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { addPage, editPage, type ListedPage } from '#renderer/kit/api/channels-api.ts';
import own from './channels.module.css';
import {
  pageDraftOf,
  emptyDraft,
  NETWORK_FORM,
  ownFields,
  readNew,
  readSettings,
  type PageDraft,
  type TextField,
  type Typed,
} from './page-draft.ts';
import { formWords } from './page-words.ts';
import { RuleFields } from './rule-fields.tsx';

interface Props {
  /** The page to change; null: a new one. */
  readonly page: ListedPage | null;
  readonly isLive: boolean;
  readonly onSaved: (id: string) => void;
  readonly onCancel: () => void;
}

/** Properties that the inputs of one draft share. */
interface Fields {
  readonly field: (name: TextField) => {
    readonly label: string;
    readonly description: string;
    readonly error: string | undefined;
    readonly value: string;
    readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  };
  readonly set: (name: TextField, value: string) => void;
}

async function save(page: ListedPage | null, draft: PageDraft): Promise<Typed<CentreAnswer<{ id: string }>>> {
  if (page === null) {
    const { value, wrong } = readNew(draft);
    return { value: value === null ? null : await addPage(value), wrong };
  }
  const { value, wrong } = readSettings(draft);
  return { value: value === null ? null : await editPage(page.id, value), wrong };
}

/** A page: where it is, how to speak for it, what of it enters the queue. */
export function PageForm({ page, isLive, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const isNew = page === null;
  const [draft, setDraft] = useState(() =>
    page === null ? emptyDraft() : (pageDraftOf(page) ?? emptyDraft()),
  );
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const set: Fields['set'] = (name, value) => setDraft((before) => ({ ...before, [name]: value }));
  const field: Fields['field'] = (name) => ({
    label: formWords('form', name, draft.network, t),
    description: formWords('formHint', name, draft.network, t),
    error: wrong.includes(name) ? formWords('formWrong', name, draft.network, t) : undefined,
    value: draft[name],
    onChange: (event) => set(name, event.currentTarget.value),
  });
  const saving = useMutation({
    mutationFn: async () => {
      const { value: answer, wrong: found } = await save(page, draft);
      setWrong(found);
      if (answer?.ok !== true) return answer;
      tellDone(t(isNew ? 'channels.added' : 'channels.saved', { name: draft.name }));
      onSaved(answer.value.id);
      return answer;
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  const failure = saving.data?.ok === false ? saving.data.error : null;
  const title = isNew ? t('channels.add') : t('channels.edit', { name: page.name });
  return (
    <form className={classes['part']} aria-label={title} onSubmit={submit}>
      <h2>{title}</h2>
      <Place
        field={field}
        set={set}
        network={draft.network}
        isNew={isNew}
        onNetwork={(network) =>
          setDraft(({ name, agency, watch, stop, ignore, togetherHours, kinds }) => {
            const fresh = emptyDraft(network);
            return { ...fresh, name, agency, watch, stop, ignore, togetherHours, kinds };
          })
        }
      />
      <RuleFields field={field} kinds={draft.kinds} onKinds={(kinds) => setDraft({ ...draft, kinds })} />
      <Access field={field} names={ownFields(draft)} isNew={isNew} />
      {failure !== null && <p className={classes['bad']}>{t(`error.${failure}`)}</p>}
      {!isLive && <p className={classes['bad']}>{t('channels.needsConnection')}</p>}
      <div className={classes['tools']}>
        <Button type="submit" loading={saving.isPending} disabled={!isLive}>
          {t('channels.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface PlaceProps extends Fields {
  readonly network: ChannelNetwork;
  readonly isNew: boolean;
  readonly onNetwork: (network: ChannelNetwork) => void;
}

function Place({ field, set, network: chosen, isNew, onNetwork }: PlaceProps) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const now = useNow();
  const choices = agencies.filter((agency) => existsAt(agency, now));
  const network = field('network');
  const agency = field('agency');
  const reception = field('reception');
  const { receptions } = NETWORK_FORM[chosen];
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('channels.form.place')}</legend>
      <TextInput {...field('name')} data-autofocus />
      <Select
        {...network}
        data={CHANNEL_NETWORKS.map((network) => ({ value: network, label: t(`network.${network}`) }))}
        allowDeselect={false}
        disabled={!isNew}
        onChange={(value) => value !== null && onNetwork(value as ChannelNetwork)}
      />
      <TextInput {...field('pageId')} disabled={!isNew} />
      {receptions.length > 1 && (
        <Select
          {...reception}
          data={receptions.map((reception) => ({
            value: reception,
            label: t(`channels.reception.${reception}`),
          }))}
          allowDeselect={false}
          onChange={(value) => value !== null && set('reception', value)}
        />
      )}
      <TextInput {...field('baseUrl')} type="url" />
      <Select
        {...agency}
        value={agency.value === '' ? null : agency.value}
        data={choices.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        clearable
        onChange={(value) => set('agency', value ?? '')}
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
