import { Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NETWORKS, OUTCOMES } from '#shared/domain/incident.ts';
import { judgeTemplate } from '#shared/domain/records/judge-template.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { TopicSelect } from '#renderer/kit/deadlines/topic-select.tsx';
import { FieldGroup, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { SettingForm } from '#renderer/kit/forms/setting-form.tsx';
import { useJudgedForm, type JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { readTemplate, templateFieldsOf, type TemplateStart, type TypedTemplate } from './template-draft.ts';
import { VariableButtons } from './variable-buttons.tsx';

interface FormProps {
  /** The template as the form was opened with; null: a new one. */
  readonly seen: ReplyTemplate | null;
  /** Values a new one begins with. */
  readonly start: TemplateStart;
  readonly save: SaveSetting<'reply_template'>;
}

type Judged = JudgedForm<TypedTemplate, ReplyTemplate>;
type FieldProps = Pick<Judged, 'field'>;

/** The form of a template. Why it would be refused is said before it is saved. */
export function TemplateForm({ seen, start, save }: FormProps) {
  const { t } = useTranslation();
  const judged = useTemplateForm(seen, start);
  const { form, field } = judged;
  return (
    <SettingForm
      judged={judged}
      name={t('templates.form')}
      save={(template) => save(template, seen, t(seen === null ? 'templates.added' : 'templates.saved'))}
      saveLabel={t(seen === null ? 'templates.add' : 'directory.save')}
    >
      <FieldGroup title={t('templates.part.text')}>
        <TextInput {...field('name')} data-autofocus required style={WIDE} />
        <Textarea
          {...field('text')}
          id={TEXT_FIELD}
          required
          autosize
          minRows={5}
          maxRows={16}
          lang="ru"
          style={WIDE}
        />
        <VariableButtons
          fieldId={TEXT_FIELD}
          text={form.values.text}
          onChange={(text) => form.setFieldValue('text', text)}
        />
      </FieldGroup>
      <Conditions field={field} />
      <Times field={field} />
    </SettingForm>
  );
}

const TEXT_FIELD = 'template-text';

/** The field that stands for what a judge refuses; the others stand for the name. */
const FIELD_OF: Partial<Readonly<Record<RefusalKind, keyof TypedTemplate>>> = {
  unknown_variable: 'text',
  ends_before_beginning: 'lastDay',
  unknown_topic: 'topic',
  unknown_group: 'topic',
  topic_of_another_group: 'topic',
};

function useTemplateForm(seen: ReplyTemplate | null, start: TemplateStart): Judged {
  const { t } = useTranslation();
  const { policies, topics, templates, zone } = useReference();
  const taken = new Set(templates.map(({ id }) => id));
  return useJudgedForm<TypedTemplate, ReplyTemplate>({
    initialValues: templateFieldsOf(seen, start, zone),
    read: (fields) => readTemplate(fields, { seen, zone, taken }),
    judge: (template) => judgeTemplate(template, seen, { deadlines: { policies, topics } }),
    fieldOf: FIELD_OF,
    otherwise: 'name',
    words: {
      label: (field) => t(`templates.field.${field}`),
      hint: (field) => t(`templates.formHint.${field}`, { defaultValue: '' }),
      rule: (field) => t(`templates.formWrong.${field}`),
    },
  });
}

function Conditions({ field }: FieldProps) {
  const { t } = useTranslation();
  const any = {
    clearable: true,
    clearButtonProps: { 'aria-label': t('templates.any') },
    placeholder: t('templates.any'),
  } as const;
  return (
    <FieldGroup title={t('templates.part.fits')}>
      <TopicSelect {...field('topic')} none={t('templates.any')} takesGroups style={WIDE} />
      <Select
        {...field('outcome')}
        {...any}
        data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
      />
      <Select
        {...field('network')}
        {...any}
        data={NETWORKS.map((value) => ({ value, label: t(`network.${value}`) }))}
      />
    </FieldGroup>
  );
}

function Times({ field }: FieldProps) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('templates.part.times')}>
      <TextInput {...field('seasonFrom')} placeholder="01.11" maxLength={6} inputMode="numeric" />
      <TextInput {...field('seasonTo')} placeholder="31.03" maxLength={6} inputMode="numeric" />
      <TextInput {...field('firstDay')} type="date" />
      <TextInput {...field('lastDay')} type="date" />
    </FieldGroup>
  );
}
