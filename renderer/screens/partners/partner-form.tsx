import { Button, Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PARTNER_READS, WEBHOOK_EVENTS, type PartnerDraft } from '#shared/protocol/partners.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { partnerFieldsOf, readDraft } from './partner-draft.ts';
import type { Partner } from './partners-api.ts';

interface Props {
  /** Null: a new one. */
  readonly partner: Partner | null;
  readonly isLive: boolean;
  /** Saves it; gives what went wrong, or null. */
  readonly save: (draft: PartnerDraft) => Promise<ApiErrorKind | null>;
  readonly onCancel: () => void;
}

/** A partner: its name, what it may read, where and of what it is told. */
export function PartnerForm({ partner, isLive, save, onCancel }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => partnerFieldsOf(partner));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const saving = useMutation({ mutationFn: save });
  const title = t(partner === null ? 'partners.add' : 'partners.change');
  const error = (name: string): string | undefined =>
    wrong.includes(name) ? t(`partners.formWrong.${name}`) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readDraft(draft);
    setWrong(read.wrong);
    if (read.partner !== null) saving.mutate(read.partner);
  };
  const failure = saving.data ?? null;
  return (
    <form className={classes['part']} aria-label={title} onSubmit={submit}>
      <h2>{title}</h2>
      <div className={classes['fields']}>
        <TextInput
          data-autofocus
          label={t('partners.form.name')}
          description={t('partners.formHint.name')}
          error={error('name')}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <Select
          label={t('partners.form.reads')}
          description={t('partners.formHint.reads')}
          data={PARTNER_READS.map((reads) => ({ value: reads, label: t(`partners.reads.${reads}`) }))}
          value={draft.reads}
          onChange={(value) => value !== null && setDraft({ ...draft, reads: value })}
          allowDeselect={false}
        />
        <TextInput
          type="url"
          label={t('partners.form.url')}
          description={t('partners.formHint.url')}
          error={error('url')}
          value={draft.url}
          onChange={(event) => setDraft({ ...draft, url: event.currentTarget.value })}
        />
        <Checkbox.Group
          label={t('partners.form.events')}
          description={t('partners.formHint.events')}
          error={error('events')}
          value={[...draft.events]}
          onChange={(events) =>
            setDraft({ ...draft, events: WEBHOOK_EVENTS.filter((event) => events.includes(event)) })
          }
        >
          <Group mt={6}>
            {WEBHOOK_EVENTS.map((event) => (
              <Checkbox
                key={event}
                value={event}
                label={t(`partners.event.${event}`)}
                disabled={draft.url.trim() === ''}
              />
            ))}
          </Group>
        </Checkbox.Group>
      </div>
      {failure !== null && <p className={classes['bad']}>{t(`error.${failure}`)}</p>}
      {!isLive && <p className={classes['bad']}>{t('partners.needsConnection')}</p>}
      <div className={classes['tools']}>
        <Button type="submit" loading={saving.isPending} disabled={!isLive}>
          {t(partner === null ? 'partners.saveNew' : 'partners.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
