import { Button, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { existsAt } from '#shared/domain/directory.ts';
import { CHANNEL_NETWORKS, type ChannelNetwork } from '#shared/protocol/channels.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { useReference } from '#renderer/app/console-context.tsx';
import { tellDone } from '#renderer/app/toasts.tsx';
import { useNow } from '#renderer/app/use-now.ts';
import { addPage } from './channels-api.ts';
import classes from './channels.module.css';
import { emptyDraft, NETWORK_FORM, readDraft, type Draft } from './page-draft.ts';
import { formWords } from './page-words.ts';

interface Props {
  readonly isLive: boolean;
  readonly onAdded: (id: string) => void;
  readonly onCancel: () => void;
}

/** What the inputs of one draft share. */
interface Fields {
  readonly field: (name: keyof Draft) => {
    readonly label: string;
    readonly description: string;
    readonly error: string | undefined;
    readonly value: string;
    readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  };
  readonly set: (name: keyof Draft, value: string) => void;
}

/** A new page: where it is, how to speak for it, what of it enters the queue. */
export function PageForm({ isLive, onAdded, onCancel }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(emptyDraft);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<ApiErrorKind | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set: Fields['set'] = (name, value) => setDraft((before) => ({ ...before, [name]: value }));
  const field: Fields['field'] = (name) => ({
    label: formWords('form', name, draft.network, t),
    description: formWords('formHint', name, draft.network, t),
    error: wrong.includes(name) ? formWords('formWrong', name, draft.network, t) : undefined,
    value: draft[name],
    onChange: (event) => set(name, event.currentTarget.value),
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { page, wrong: found } = readDraft(draft);
    setWrong(found);
    if (page === null) return;
    setBusy(true);
    const answer = await addPage(page);
    setBusy(false);
    if (!answer.ok) return setFailure(answer.error);
    tellDone(t('channels.added', { name: page.name }));
    onAdded(answer.value.id);
  };
  return (
    <form className={classes['part']} aria-label={t('channels.add')} onSubmit={(event) => void submit(event)}>
      <h2>{t('channels.add')}</h2>
      <Place
        field={field}
        set={set}
        network={draft.network}
        onNetwork={(network) =>
          setDraft(({ name, agency, watch }) => ({ ...emptyDraft(network), name, agency, watch }))
        }
      />
      <Access field={field} network={draft.network} />
      {failure !== null && <p className={classes['bad']}>{t(`error.${failure}`)}</p>}
      {!isLive && <p className={classes['bad']}>{t('channels.needsConnection')}</p>}
      <div className={classes['tools']}>
        <Button type="submit" loading={isBusy} disabled={!isLive}>
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
  readonly onNetwork: (network: ChannelNetwork) => void;
}

function Place({ field, set, network: chosen, onNetwork }: PlaceProps) {
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
        data={CHANNEL_NETWORKS.map((one) => ({ value: one, label: t(`network.${one}`) }))}
        allowDeselect={false}
        onChange={(value) => value !== null && onNetwork(value as ChannelNetwork)}
      />
      <TextInput {...field('pageId')} />
      {receptions.length > 1 && (
        <Select
          {...reception}
          data={receptions.map((one) => ({ value: one, label: t(`channels.reception.${one}`) }))}
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
      <TextInput {...field('watch')} />
    </fieldset>
  );
}

/** What lies behind an eye while it is typed. */
const HIDDEN: readonly (keyof Draft)[] = ['token', 'readToken', 'applicationSecret'];

function Access({ field, network }: Pick<PlaceProps, 'field' | 'network'>) {
  const { t } = useTranslation();
  const eye = { 'aria-label': t('channels.show') };
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('channels.form.access')}</legend>
      {NETWORK_FORM[network].fields.map((name) =>
        HIDDEN.includes(name) ? (
          <PasswordInput key={name} {...field(name)} autoComplete="off" visibilityToggleButtonProps={eye} />
        ) : (
          <TextInput key={name} {...field(name)} autoComplete="off" />
        ),
      )}
      <Textarea {...field('certificate')} rows={3} className={classes['wide'] ?? ''} />
    </fieldset>
  );
}
