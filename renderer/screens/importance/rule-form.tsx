import { NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RULE_COUNT, RULE_HOURS, type ImportanceRule } from '#shared/domain/importance-rule.ts';
import { IMPORTANCES } from '#shared/domain/incident.ts';
import { judgeImportance } from '#shared/domain/records/judge-importance.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { TopicSelect } from '#renderer/kit/deadlines/topic-select.tsx';
import { FieldGroup, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { SettingForm } from '#renderer/kit/forms/setting-form.tsx';
import { useJudgedForm, type JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { readRule, ruleFieldsOf, type TypedRule } from './rule-draft.ts';
import { RuleTrial } from './rule-trial.tsx';

interface FormProps {
  /** The rule as the form was opened with; null: a new one. */
  readonly seen: ImportanceRule | null;
  readonly save: SaveSetting<'importance_rule'>;
}

type Judged = JudgedForm<TypedRule, ImportanceRule>;
type FieldProps = Pick<Judged, 'field'>;

/** The form of a rule. Why it would be refused, and what it would have done, is said before it is saved. */
export function RuleForm({ seen, save }: FormProps) {
  const { t } = useTranslation();
  const { judged, judge } = useRuleForm(seen);
  const { form, field, row } = judged;
  return (
    <SettingForm
      judged={judged}
      name={t('importanceRules.form')}
      save={(rule) => save(rule, seen, t(seen === null ? 'importanceRules.added' : 'importanceRules.saved'))}
      saveLabel={t(seen === null ? 'importanceRules.add' : 'directory.save')}
    >
      <Result form={form} field={field} />
      <Conditions field={field} />
      <Validity field={field} />
      <RuleTrial rule={row !== null && judge(row) === null ? row : null} />
    </SettingForm>
  );
}

/** The field that stands for what a judge refuses; the others stand for the name. */
const FIELD_OF: Partial<Readonly<Record<RefusalKind, keyof TypedRule>>> = {
  rule_without_condition: 'words',
  word_of_no_letters: 'words',
  rule_from_the_past: 'firstDay',
  ends_before_beginning: 'lastDay',
  unknown_topic: 'topic',
  unknown_group: 'topic',
};

function useRuleForm(seen: ImportanceRule | null) {
  const { t } = useTranslation();
  const { policies, topics, importanceRules, zone } = useReference();
  const now = useNow();
  const taken = new Set(importanceRules.map(({ id }) => id));
  const judge = (rule: ImportanceRule) =>
    judgeImportance(rule, seen, { at: now, deadlines: { policies, topics } });
  const judged = useJudgedForm<TypedRule, ImportanceRule>({
    initialValues: ruleFieldsOf(seen, zone, now),
    read: (fields) => readRule(fields, { seen, zone, taken }),
    judge,
    fieldOf: FIELD_OF,
    otherwise: 'name',
    words: {
      label: (field) => t(`importanceRules.field.${field}`),
      hint: (field) => t(`importanceRules.formHint.${field}`, { defaultValue: '' }),
      rule: (field) => t(`importanceRules.formWrong.${field}`),
    },
  });
  return { judged, judge };
}

function Result({ form, field }: Pick<Judged, 'form' | 'field'>) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('importanceRules.part.result')}>
      <TextInput {...field('name')} data-autofocus required style={WIDE} />
      <SegmentedControl
        aria-label={t('importanceRules.field.importance')}
        value={form.values.importance}
        onChange={(importance) => form.setFieldValue('importance', importance)}
        data={IMPORTANCES.map((importance) => ({ value: importance, label: t(`importance.${importance}`) }))}
        style={WIDE}
      />
    </FieldGroup>
  );
}

function Conditions({ field }: FieldProps) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('importanceRules.part.conditions')}>
      <Textarea {...field('words')} autosize minRows={3} maxRows={10} style={WIDE} />
      <TopicSelect {...field('topic')} none={t('deadlines.any')} takesGroups style={WIDE} />
      <NumberInput {...field('messages')} min={RULE_COUNT.least} max={RULE_COUNT.most} allowDecimal={false} />
      <NumberInput {...field('hours')} min={RULE_HOURS.least} max={RULE_HOURS.most} allowDecimal={false} />
    </FieldGroup>
  );
}

function Validity({ field }: FieldProps) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('importanceRules.part.validity')}>
      <TextInput {...field('firstDay')} type="date" required />
      <TextInput {...field('lastDay')} type="date" />
    </FieldGroup>
  );
}
