import { Alert, Button, Select, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AGENCY_KINDS, isUnsorted, SHORT_NAME_LENGTH, type Agency } from '#shared/domain/directory.ts';
import { must } from '#shared/domain/must.ts';
import { judgeAgency } from '#shared/domain/records/judge-agency.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useRefusalWords } from '#renderer/triage/acts/use-command.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { choicesFor } from './agency-choices.ts';
import { agencyFieldsOf, readAgency, type AgencyFields } from './agency-draft.ts';
import { useAgencyWork, type AgencyHold } from './use-agency-work.ts';

interface FormProps {
  /** The agency as the form was opened with; null: a new one. */
  readonly seen: Agency | null;
  readonly save: SaveSetting<'agency'>;
  readonly onMerge: () => void;
}

type Form = UseFormReturnType<AgencyFields>;

/** The form of an agency. What it would be refused for, and what it changes, is said before it is saved. */
export function AgencyForm({ seen, save, onMerge }: FormProps) {
  const { t } = useTranslation();
  const work = useAgencyWork(seen?.id ?? null);
  const { form, read } = useAgencyForm(seen, work);
  const now = useNow();
  const isOver = seen?.validTo !== undefined && seen.validTo <= now;
  const submit = (fields: AgencyFields): void => {
    const row = must(read(fields).value, 'a form without wrong fields');
    void save(row, seen, t(seen === null ? 'agencies.added' : 'agencies.saved'));
  };
  return (
    <form
      className={classes['form']}
      aria-label={t('agencies.form')}
      noValidate
      onSubmit={form.onSubmit(submit, (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus())}
    >
      {seen !== null && isUnsorted(seen) && (
        <Alert color="orange" title={t('agencies.cameWithImport')}>
          {t('agencies.cameWithImportHint')}
        </Alert>
      )}
      <Names form={form} id={seen?.id ?? null} />
      <Contacts form={form} />
      <Validity form={form} id={seen?.id ?? null} />
      {work !== null && <Effects work={work} />}
      <div className={classes['buttons']}>
        {seen === null || isOver ? (
          <span />
        ) : (
          <Button variant="default" onClick={onMerge}>
            {t('agencies.mergeWith')}
          </Button>
        )}
        <Button type="submit">
          {t(seen !== null && isUnsorted(seen) ? 'agencies.confirm' : 'agencies.save')}
        </Button>
      </div>
    </form>
  );
}

/** The field that stands for a refusal, so that its sentence is read where it belongs. */
const FIELD_OF: Partial<Record<RefusalKind, keyof AgencyFields>> = {
  name_taken: 'name',
  short_name_taken: 'shortName',
  short_name_long: 'shortName',
  agencies_in_ring: 'parent',
  too_many_levels: 'parent',
  ends_before_beginning: 'lastDay',
  agency_has_parts: 'lastDay',
  agency_has_work: 'successor',
  agency_closed: 'successor',
};

/** The form with the judge of the command behind it, who knows what hangs on the agency. */
function useAgencyForm(seen: Agency | null, work: AgencyHold | null) {
  const { t } = useTranslation();
  const { agencies, zone } = useReference();
  const wordsOf = useRefusalWords();
  const now = useNow();
  const byId = new Map(agencies.map((agency) => [agency.id, agency]));
  const read = (fields: AgencyFields) => readAgency(fields, { seen, zone, taken: new Set(byId.keys()) });
  const form = useForm<AgencyFields>({
    initialValues: agencyFieldsOf(seen, zone),
    validateInputOnBlur: true,
    validate: (fields) => {
      const { value, wrong } = read(fields);
      if (value === null)
        return Object.fromEntries(wrong.map((field) => [field, t(`agencies.formWrong.${field}`)]));
      const works = work === null ? null : new Map([[value.id, work]]);
      const refusal = judgeAgency(value, seen, { at: now, agencies: byId, works });
      return refusal === null ? {} : { [FIELD_OF[refusal.kind] ?? 'name']: wordsOf(refusal) };
    },
  });
  return { form, read };
}

/** Label and hint of a field of the form. */
function useField(form: Form) {
  const { t } = useTranslation();
  return (name: keyof AgencyFields) => ({
    ...form.getInputProps(name),
    label: t(`agencies.field.${name}`),
    description: t(`agencies.formHint.${name}`, { defaultValue: '' }) || undefined,
  });
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <fieldset>
    <legend>{title}</legend>
    {children}
  </fieldset>
);

function Names({ form, id }: { readonly form: Form; readonly id: string | null }) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const field = useField(form);
  const left = SHORT_NAME_LENGTH - Array.from(form.values.shortName.trim()).length;
  return (
    <Part title={t('agencies.part.name')}>
      <TextInput {...field('name')} data-autofocus required style={{ gridColumn: '1 / -1' }} />
      <TextInput
        {...field('shortName')}
        required
        description={t(left < 0 ? 'agencies.lettersOver' : 'agencies.lettersLeft', { count: Math.abs(left) })}
      />
      <Select
        {...field('kind')}
        data={AGENCY_KINDS.map((kind) => ({ value: kind, label: t(`agencyKind.${kind}`) }))}
        allowDeselect={false}
      />
      <Select
        {...field('parent')}
        data={choicesFor(agencies, id, useNow())}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('agencies.noParent') }}
        nothingFoundMessage={t('picker.nothing')}
        style={{ gridColumn: '1 / -1' }}
      />
      <Textarea {...field('units')} autosize minRows={2} maxRows={8} style={{ gridColumn: '1 / -1' }} />
    </Part>
  );
}

function Contacts({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  const field = useField(form);
  return (
    <Part title={t('agencies.part.contacts')}>
      <TextInput {...field('person')} />
      <TextInput {...field('phone')} type="tel" />
      <TextInput {...field('email')} type="email" />
      <TextInput {...field('address')} />
    </Part>
  );
}

function Validity({ form, id }: { readonly form: Form; readonly id: string | null }) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const field = useField(form);
  const choices = choicesFor(agencies, id, useNow());
  return (
    <Part title={t('agencies.part.validity')}>
      <TextInput {...field('firstDay')} type="date" />
      <TextInput {...field('lastDay')} type="date" />
      {form.values.lastDay !== '' && (
        <Select
          {...field('successor')}
          // A refusal brings the focus here; the list would hide its sentence.
          openOnFocus={false}
          data={choices}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('agencies.noSuccessor') }}
          nothingFoundMessage={t('picker.nothing')}
          style={{ gridColumn: '1 / -1' }}
        />
      )}
    </Part>
  );
}

/** Says what hangs on the agency, and so follows every change of it. */
function Effects({ work }: { readonly work: AgencyHold }) {
  const { t } = useTranslation();
  return (
    <Part title={t('agencies.part.effects')}>
      <p className={classes['hint']} style={{ gridColumn: '1 / -1' }}>
        {t('agencies.work', { ...work })}
      </p>
    </Part>
  );
}
