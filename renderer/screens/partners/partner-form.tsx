import { Button, Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { must } from '#shared/domain/must.ts';
import { PARTNER_READS, WEBHOOK_EVENTS, type PartnerDraft } from '#shared/protocol/partners.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useLeaving } from '#renderer/kit/forms/leaving-question.tsx';
import { formErrors, wrongWords } from '#renderer/kit/forms/read-form.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { partnerFieldsOf, readDraft, type PartnerFields } from './partner-draft.ts';
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
  const saving = useCentreAction(save, onSaved, shownInForm);
  const form = useForm<PartnerFields, PartnerDraft>({
    initialValues: partnerFieldsOf(partner),
    clearInputErrorOnChange: false,
    validate: (fields) => formErrors(readDraft(fields)),
    transformValues: (fields) => must(readDraft(fields).value, 'a form without wrong fields'),
  });
  const leaving = useLeaving(form.isDirty(), onCancel);
  const field = (name: keyof PartnerFields) => ({
    ...form.getInputProps(name),
    label: t(`partners.form.${name}`),
    description: t(`partners.formHint.${name}`),
    error: wrongWords(form.errors[name], name, t(`partners.formWrong.${name}`), t),
  });
  const title = t(partner === null ? 'partners.add' : 'partners.change');
  return (
    <form className={classes['part']} aria-label={title} onSubmit={form.onSubmit(saving.run)} noValidate>
      <h2>{title}</h2>
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
      {saving.failure !== null && <p className={classes['bad']}>{t(`error.${saving.failure}`)}</p>}
      {!isLive && <p className={classes['bad']}>{t('partners.needsConnection')}</p>}
      <div className={classes['tools']}>
        <Button type="submit" loading={saving.isPending} disabled={!isLive}>
          {t(partner === null ? 'partners.saveNew' : 'partners.save')}
        </Button>
        <Button variant="default" onClick={leaving.leave}>
          {t('common.cancel')}
        </Button>
      </div>
      {leaving.question}
    </form>
  );
}
