import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PARTNER_READS, WEBHOOK_EVENTS, type PartnerDraft } from '#shared/protocol/partners.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { SentFormPart } from '#renderer/kit/forms/sent-form.tsx';
import { useSentForm } from '#renderer/kit/forms/use-sent-form.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { partnerFieldsOf, readDraft } from './partner-draft.ts';
import type { Partner } from './partners-api.ts';

interface Props<T> {
  /** Null: a new one. */
  readonly partner: Partner | null;
  readonly isLive: boolean;
  readonly save: (draft: PartnerDraft) => Promise<CentreAnswer<T>>;
  readonly onSaved: (answer: T, draft: PartnerDraft) => Promise<void>;
  readonly onCancel: () => void;
}

/** A partner: its name, what it may read, where and of what it is told. */
export function PartnerForm<T>({ partner, isLive, save, onSaved, onCancel }: Props<T>) {
  const { t } = useTranslation();
  const sent = useSentForm({
    initialValues: partnerFieldsOf(partner),
    read: readDraft,
    words: {
      label: (field) => t(`partners.form.${field}`),
      hint: (field) => t(`partners.formHint.${field}`),
      rule: (field) => t(`partners.formWrong.${field}`),
    },
    send: save,
    onSent: onSaved,
  });
  const { form, field } = sent;
  return (
    <SentFormPart
      sent={sent}
      title={t(partner === null ? 'partners.add' : 'partners.change')}
      saveLabel={t(partner === null ? 'partners.saveNew' : 'partners.save')}
      isLive={isLive}
      onCancel={onCancel}
    >
      <div className={classes['fields']}>
        <TextInput {...field('name')} data-autofocus />
        <Select
          {...field('reads')}
          data={PARTNER_READS.map((reads) => ({ value: reads, label: t(`partners.reads.${reads}`) }))}
          allowDeselect={false}
        />
        <TextInput {...field('url')} type="url" />
        <Checkbox.Group {...field('events')}>
          <Group mt={6}>
            {WEBHOOK_EVENTS.map((event) => (
              <Checkbox
                key={event}
                value={event}
                label={t(`partners.event.${event}`)}
                disabled={form.values.url.trim() === ''}
              />
            ))}
          </Group>
        </Checkbox.Group>
      </div>
    </SentFormPart>
  );
}
