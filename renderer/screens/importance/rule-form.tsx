import { Button, NumberInput, Select, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { RULE_COUNT, RULE_HOURS, type ImportanceRule } from '#shared/domain/importance-rule.ts';
import { IMPORTANCES } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { judgeImportance } from '#shared/domain/records/judge-importance.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicsInForce } from '#renderer/kit/context/reference.ts';
import { groupedTopics } from '#renderer/kit/deadlines/topic-groups.ts';
import { FieldGroup, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { formSentences } from '#renderer/kit/forms/read-form.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useRefusalWords } from '#renderer/triage/acts/use-command.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { readRule, ruleFieldsOf, type TypedRule } from './rule-draft.ts';
import { RuleTrial } from './rule-trial.tsx';

interface FormProps {
  /** The rule as the form was opened with; null: a new one. */
  readonly seen: ImportanceRule | null;
  readonly save: SaveSetting<'importance_rule'>;
}

type Form = UseFormReturnType<TypedRule>;

/** The form of a rule. Why it would be refused, and what it would have done, is said before it is saved. */
export function RuleForm({ seen, save }: FormProps) {
  const { t } = useTranslation();
  const { form, read, refused } = useRuleForm(seen);
  useHoldOpen(form.isDirty() ? 'typed' : null);
  const { value } = read(form.values);
  return (
    <form
      className={classes['form']}
      aria-label={t('importanceRules.form')}
      noValidate
      onSubmit={form.onSubmit(
        (fields) => {
          const row = must(read(fields).value, 'a form without wrong fields');
          void save(row, seen, t(seen === null ? 'importanceRules.added' : 'importanceRules.saved'));
        },
        (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus(),
      )}
    >
      <Result form={form} />
      <Conditions form={form} />
      <Validity form={form} />
      <RuleTrial rule={value !== null && refused(value) === null ? value : null} />
      <div className={classes['buttons']}>
        <Button type="submit">{t(seen === null ? 'importanceRules.add' : 'directory.save')}</Button>
      </div>
    </form>
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
  const wordsOf = useRefusalWords();
  const now = useNow();
  const taken = new Set(importanceRules.map(({ id }) => id));
  const read = (fields: TypedRule) => readRule(fields, { seen, zone, taken });
  const refused = (rule: ImportanceRule) =>
    judgeImportance(rule, seen, { at: now, deadlines: { policies, topics } });
  const form = useForm<TypedRule>({
    initialValues: ruleFieldsOf(seen, zone, now),
    validateInputOnBlur: true,
    validate: (fields) => {
      const reading = read(fields);
      const { value } = reading;
      if (value === null)
        return formSentences(reading, (field) => t(`importanceRules.formWrong.${field}`), t);
      const refusal = refused(value);
      return refusal === null ? {} : { [FIELD_OF[refusal.kind] ?? 'name']: wordsOf(refusal) };
    },
  });
  return { form, read, refused };
}

/** Label and hint of a field of the form. */
function useField(form: Form) {
  const { t } = useTranslation();
  return (name: keyof TypedRule) => ({
    ...form.getInputProps(name),
    label: t(`importanceRules.field.${name}`),
    description: t(`importanceRules.formHint.${name}`, { defaultValue: '' }) || undefined,
  });
}

function Result({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  const field = useField(form);
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

function Conditions({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const field = useField(form);
  return (
    <FieldGroup title={t('importanceRules.part.conditions')}>
      <Textarea {...field('words')} autosize minRows={3} maxRows={10} style={WIDE} />
      <Select
        {...field('topic')}
        clearable
        clearButtonProps={{ 'aria-label': t('deadlines.any') }}
        placeholder={t('deadlines.any')}
        data={groupedTopics(topicsInForce(reference, now), (group) => t('deadlines.wholeGroup', { group }))}
        searchable
        openOnFocus={false}
        nothingFoundMessage={t('picker.nothing')}
        style={WIDE}
      />
      <NumberInput {...field('messages')} min={RULE_COUNT.least} max={RULE_COUNT.most} allowDecimal={false} />
      <NumberInput {...field('hours')} min={RULE_HOURS.least} max={RULE_HOURS.most} allowDecimal={false} />
    </FieldGroup>
  );
}

function Validity({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  const field = useField(form);
  return (
    <FieldGroup title={t('importanceRules.part.validity')}>
      <TextInput {...field('firstDay')} type="date" required />
      <TextInput {...field('lastDay')} type="date" />
    </FieldGroup>
  );
}
