import { NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  BASIS_LENGTH,
  DEADLINE_STARTS,
  DEADLINE_UNITS,
  type DeadlinePolicy,
} from '#shared/domain/deadline.ts';
import { IMPORTANCES, NETWORKS } from '#shared/domain/incident.ts';
import { judgePolicy } from '#shared/domain/records/judge-policy.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { SettingForm } from '#renderer/kit/forms/setting-form.tsx';
import { useJudgedForm, type JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import { FieldGroup, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { entryChoices } from '#renderer/kit/directory/entry.ts';
import { MovedDeadlines } from '#renderer/kit/deadlines/moved-deadlines.tsx';
import { TopicSelect } from '#renderer/kit/deadlines/topic-select.tsx';
import { useMovedDeadlines } from '#renderer/kit/deadlines/use-moved-deadlines.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { policyFieldsOf, readPolicy, USUAL_WARNING, type PolicyFields } from './policy-draft.ts';
import { limitWords } from './policy-words.ts';

interface FormProps {
  /** The policy as the form was opened with; null: a new one. */
  readonly seen: DeadlinePolicy | null;
  readonly save: SaveSetting<'policy'>;
}

type Judged = JudgedForm<PolicyFields, DeadlinePolicy>;
type FieldProps = Pick<Judged, 'field'>;

/** The form of a deadline. Why it would be refused, and which deadlines move, is said before it is saved. */
export function PolicyForm({ seen, save }: FormProps) {
  const { t } = useTranslation();
  const judged = usePolicyForm(seen);
  const { form, field, row } = judged;
  return (
    <SettingForm
      judged={judged}
      name={t('deadlines.form')}
      save={(policy) => save(policy, seen, t(seen === null ? 'deadlines.added' : 'deadlines.saved'))}
      saveLabel={t(seen === null ? 'deadlines.add' : 'directory.save')}
    >
      <Limit form={form} field={field} row={row} />
      <Filters field={field} />
      <Validity field={field} />
      {row !== null && !sameJson(row, seen) && <Effects policy={row} />}
    </SettingForm>
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

function usePolicyForm(seen: DeadlinePolicy | null): Judged {
  const { t } = useTranslation();
  const { agencies, policies, topics, zone } = useReference();
  const taken = new Set(policies.map(({ id }) => id));
  const surroundings = {
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    deadlines: { policies, topics },
  };
  return useJudgedForm<PolicyFields, DeadlinePolicy>({
    initialValues: policyFieldsOf(seen, zone),
    read: (fields) => readPolicy(fields, { seen, zone, taken }),
    judge: (policy) => judgePolicy(policy, seen, surroundings),
    fieldOf: FIELD_OF,
    otherwise: 'name',
    words: {
      label: (field) => t(`deadlines.field.${field}`),
      hint: (field) => t(`deadlines.formHint.${field}`, { defaultValue: '' }),
      rule: (field) => t(`deadlines.formWrong.${field}`),
    },
  });
}

function Limit({ form, field, row }: Omit<Judged, 'submitting'>) {
  const { t } = useTranslation();
  const reference = useReference();
  const language = useLanguage();
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
      {row !== null && (
        <p className={classes['hint']} style={WIDE}>
          {limitWords(row, { t, reference, language })}
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

function Filters({ field }: FieldProps) {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const any = { clearable: true, clearButtonProps: { 'aria-label': t('deadlines.any') } } as const;
  return (
    <FieldGroup title={t('deadlines.part.filters')}>
      <TopicSelect {...field('topic')} none={t('deadlines.any')} takesGroups style={WIDE} />
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

function Validity({ field }: FieldProps) {
  const { t } = useTranslation();
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
