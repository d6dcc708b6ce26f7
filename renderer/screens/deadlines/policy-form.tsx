import { Button, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import {
  BASIS_LENGTH,
  DEADLINE_STARTS,
  DEADLINE_UNITS,
  type DeadlinePolicy,
} from '#shared/domain/deadline.ts';
import { IMPORTANCES, NETWORKS } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { judgePolicy } from '#shared/domain/records/judge-policy.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicsInForce } from '#renderer/kit/context/reference.ts';
import { formSentences } from '#renderer/kit/forms/read-form.ts';
import { FieldGroup, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { entryChoices } from '#renderer/kit/directory/entry.ts';
import { MovedDeadlines } from '#renderer/kit/deadlines/moved-deadlines.tsx';
import { useMovedDeadlines } from '#renderer/kit/deadlines/use-moved-deadlines.ts';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { useRefusalWords } from '#renderer/triage/acts/use-command.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { groupedTopics } from '#renderer/kit/deadlines/topic-groups.ts';
import { policyFieldsOf, readPolicy, USUAL_WARNING, type PolicyFields } from './policy-draft.ts';
import { limitWords } from './policy-words.ts';

interface FormProps {
  /** The policy as the form was opened with; null: a new one. */
  readonly seen: DeadlinePolicy | null;
  readonly save: SaveSetting<'policy'>;
}

type Form = UseFormReturnType<PolicyFields>;

/** The form of a deadline. Why it would be refused, and which deadlines move, is said before it is saved. */
export function PolicyForm({ seen, save }: FormProps) {
  const { t } = useTranslation();
  const { form, read } = usePolicyForm(seen);
  useHoldOpen(form.isDirty() ? 'typed' : null);
  const value = read(form.values).value;
  return (
    <form
      className={classes['form']}
      aria-label={t('deadlines.form')}
      noValidate
      onSubmit={form.onSubmit(
        (fields) => {
          const row = must(read(fields).value, 'a form without wrong fields');
          void save(row, seen, t(seen === null ? 'deadlines.added' : 'deadlines.saved'));
        },
        (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus(),
      )}
    >
      <Limit form={form} value={value} />
      <Filters form={form} />
      <Validity form={form} />
      {value !== null && !sameJson(value, seen) && <Effects policy={value} />}
      <div className={classes['buttons']}>
        <Button type="submit">{t(seen === null ? 'deadlines.add' : 'directory.save')}</Button>
      </div>
    </form>
  );
}

/** The field that stands for what a judge refuses; the others stand for the name. */
const FIELD_OF: Partial<Readonly<Record<RefusalKind, keyof PolicyFields>>> = {
  limit_too_long: 'hours',
  warning_too_early: 'warning',
  ends_before_beginning: 'lastDay',
  unknown_topic: 'topic',
  unknown_agency: 'agency',
  policies_overlap: 'firstDay',
};

function usePolicyForm(seen: DeadlinePolicy | null) {
  const { t } = useTranslation();
  const { agencies, policies, topics, zone } = useReference();
  const wordsOf = useRefusalWords();
  const read = (fields: PolicyFields) =>
    readPolicy(fields, { seen, zone, taken: new Set(policies.map(({ id }) => id)) });
  const form = useForm<PolicyFields>({
    initialValues: policyFieldsOf(seen, zone),
    validateInputOnBlur: true,
    validate: (fields) => {
      const reading = read(fields);
      const { value } = reading;
      if (value === null) return formSentences(reading, (field) => t(`deadlines.formWrong.${field}`), t);
      const refusal = judgePolicy(value, seen, {
        agencies: new Map(agencies.map((agency) => [agency.id, agency])),
        deadlines: { policies, topics },
      });
      return refusal === null ? {} : { [FIELD_OF[refusal.kind] ?? 'name']: wordsOf(refusal) };
    },
  });
  return { form, read };
}

/** Label and hint of a field of the form. */
function useField(form: Form) {
  const { t } = useTranslation();
  return (name: keyof PolicyFields) => ({
    ...form.getInputProps(name),
    label: t(`deadlines.field.${name}`),
    description: t(`deadlines.formHint.${name}`, { defaultValue: '' }) || undefined,
  });
}

function Limit({ form, value }: { readonly form: Form; readonly value: DeadlinePolicy | null }) {
  const { t } = useTranslation();
  const reference = useReference();
  const language = useLanguage();
  const field = useField(form);
  return (
    <FieldGroup title={t('deadlines.part.limit')}>
      <TextInput {...field('name')} data-autofocus required style={WIDE} />
      <Select
        {...field('start')}
        data={DEADLINE_STARTS.map((start) => ({ value: start, label: t(`deadlines.start.${start}`) }))}
        allowDeselect={false}
        style={WIDE}
      />
      <SegmentedControl
        aria-label={t('deadlines.field.unit')}
        value={form.values.unit}
        onChange={(unit) => form.setFieldValue('unit', unit)}
        data={DEADLINE_UNITS.map((unit) => ({ value: unit, label: t(`deadlines.unit.${unit}`) }))}
        style={WIDE}
      />
      <NumberInput {...field('hours')} required min={0} max={100_000} allowDecimal={false} />
      <NumberInput {...field('minutes')} min={0} max={59} allowDecimal={false} />
      {value !== null && (
        <p className={classes['hint']} style={WIDE}>
          {limitWords(value, { t, reference, language })}
        </p>
      )}
      <NumberInput
        {...field('warning')}
        min={0}
        max={100_000}
        allowDecimal={false}
        description={t('deadlines.formHint.warning', { usual: formatDuration(USUAL_WARNING, language) })}
        style={WIDE}
      />
    </FieldGroup>
  );
}

function Filters({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const field = useField(form);
  const any = { clearable: true, clearButtonProps: { 'aria-label': t('deadlines.any') } } as const;
  return (
    <FieldGroup title={t('deadlines.part.filters')}>
      <Select
        {...field('topic')}
        {...any}
        placeholder={t('deadlines.any')}
        data={groupedTopics(topicsInForce(reference, now), (group) => t('deadlines.wholeGroup', { group }))}
        searchable
        openOnFocus={false}
        nothingFoundMessage={t('picker.nothing')}
        style={WIDE}
      />
      <Select
        {...field('importance')}
        {...any}
        placeholder={t('deadlines.any')}
        data={IMPORTANCES.map((value) => ({ value, label: t(`importance.${value}`) }))}
      />
      <Select
        {...field('network')}
        {...any}
        placeholder={t('deadlines.any')}
        data={NETWORKS.map((value) => ({ value, label: t(`network.${value}`) }))}
      />
      <Select
        {...field('agency')}
        {...any}
        placeholder={t('deadlines.any')}
        data={entryChoices(reference.agencies, now)}
        searchable
        openOnFocus={false}
        nothingFoundMessage={t('picker.nothing')}
        style={WIDE}
      />
    </FieldGroup>
  );
}

function Validity({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  const field = useField(form);
  return (
    <FieldGroup title={t('deadlines.part.validity')}>
      <TextInput {...field('firstDay')} type="date" />
      <TextInput {...field('lastDay')} type="date" />
      <Textarea {...field('basis')} autosize maxRows={4} maxLength={BASIS_LENGTH} style={WIDE} />
    </FieldGroup>
  );
}

/** Says which deadlines move when this one takes its place among the others. */
function Effects({ policy }: { readonly policy: DeadlinePolicy }) {
  const { t } = useTranslation();
  const { policies } = useReference();
  const others = policies.filter(({ id }) => id !== policy.id);
  const moved = useMovedDeadlines({ policies: [...others, policy] });
  return (
    <FieldGroup title={t('movedDeadlines.title')}>
      <div style={WIDE}>
        <MovedDeadlines moved={moved} />
      </div>
    </FieldGroup>
  );
}
