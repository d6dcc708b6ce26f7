import { Autocomplete, Button, Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isUnsortedTopic, type Topic } from '#shared/domain/dictionary.ts';
import { SHORT_NAME_LENGTH } from '#shared/domain/directory.ts';
import type { TopicUse } from '#shared/domain/records/topic-surroundings.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import type { TopicRow } from '#renderer/kit/context/reference.ts';
import { FieldGroup, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { SettingForm } from '#renderer/kit/forms/setting-form.tsx';
import type { JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { Warning } from '#renderer/kit/layout/warning.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { successorsFor } from './topic-choices.ts';
import type { TopicFields } from './topic-draft.ts';
import { useTopicForm } from './use-topic-form.ts';
import { useTopicUse } from './use-topic-use.ts';

interface FormProps {
  /** The topic as the form was opened with; null: a new one. */
  readonly seen: TopicRow | null;
  readonly save: SaveSetting<'topic'>;
  readonly onBecome: () => void;
}

type PartProps = Pick<JudgedForm<TopicFields, Topic>, 'form' | 'field'>;

/** The form of a topic. What it would be refused for is said before it is saved. */
export function TopicForm({ seen, save, onBecome }: FormProps) {
  const { t } = useTranslation();
  const use = useTopicUse(seen?.name ?? null);
  const judged = useTopicForm(seen, use);
  const { form, field } = judged;
  const now = useNow();
  const isOver = seen !== null && seen.validTo !== null && seen.validTo <= now;
  const isToSort = seen !== null && isUnsortedTopic(seen);
  const become = (
    <Button variant="default" onClick={onBecome}>
      {t(isToSort ? 'topics.joinTo' : 'topics.becomeAnother')}
    </Button>
  );
  return (
    <SettingForm
      judged={judged}
      name={t('topics.form')}
      save={(topic) => save(topic, seen, t(seen === null ? 'topics.added' : 'directory.saved'))}
      saveLabel={t(isToSort ? 'directory.confirm' : 'directory.save')}
      acts={seen !== null && !isOver && become}
    >
      {isToSort && <Warning title={t('topics.cameWithImport')}>{t('topics.cameWithImportHint')}</Warning>}
      <Names form={form} field={field} isNamed={use !== null && use.incidents + use.rules > 0} />
      <Weight form={form} field={field} />
      <Validity form={form} field={field} id={seen?.id ?? null} />
      {use !== null && <Use use={use} />}
    </SettingForm>
  );
}

/** A name that is in use stays: messages, routes and deadlines know the topic by it. */
function Names({ form, field, isNamed }: PartProps & { readonly isNamed: boolean }) {
  const { t } = useTranslation();
  const { topics } = useReference();
  const left = SHORT_NAME_LENGTH - Array.from(form.values.shortName.trim()).length;
  const groups = [...new Set(topics.map(({ group }) => group))].toSorted((a, b) => a.localeCompare(b, 'ru'));
  const named = { readOnly: isNamed, variant: isNamed ? 'filled' : 'default' } as const;
  return (
    <FieldGroup title={t('topics.part.name')}>
      <TextInput
        {...field('name')}
        {...named}
        data-autofocus
        required
        description={t(isNamed ? 'topics.nameStays' : 'topics.formHint.name')}
        style={WIDE}
      />
      <Autocomplete {...field('group')} {...named} required data={groups} openOnFocus={false} />
      <TextInput
        {...field('shortName')}
        description={t(left < 0 ? 'directory.lettersOver' : 'topics.lettersLeft', { count: Math.abs(left) })}
      />
    </FieldGroup>
  );
}

const SEVERITIES = ['1', '2', '3', '4', '5'] as const;

function Weight({ form, field }: PartProps) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('topics.part.weight')}>
      <Select
        {...field('severity')}
        data={[
          { value: '', label: t('topics.severity.none') },
          ...SEVERITIES.map((value) => ({ value, label: t(`topics.severity.${value}`) })),
        ]}
        allowDeselect={false}
        openOnFocus={false}
      />
      <Checkbox
        {...form.getInputProps('fastTrack', { type: 'checkbox' })}
        label={t('topics.field.fastTrack')}
        description={t('topics.formHint.fastTrack')}
        mt={24}
      />
    </FieldGroup>
  );
}

function Validity({ form, field, id }: PartProps & { readonly id: string | null }) {
  const { t } = useTranslation();
  const { topics } = useReference();
  const now = useNow();
  const { lastDay, successors, endsForGood } = form.values;
  const choices = successorsFor(topics, id, now);
  return (
    <FieldGroup title={t('topics.part.validity')}>
      <TextInput {...field('firstDay')} type="date" />
      <TextInput {...field('lastDay')} type="date" />
      {lastDay !== '' && (
        <>
          <MultiSelect
            {...field('successors')}
            value={[...successors]}
            data={withOwn(choices, successors, t('topics.others'))}
            disabled={endsForGood}
            searchable
            openOnFocus={false}
            limit={60}
            maxValues={20}
            nothingFoundMessage={t('picker.nothing')}
            style={WIDE}
          />
          <Checkbox
            {...form.getInputProps('endsForGood', { type: 'checkbox' })}
            label={t('topics.field.endsForGood')}
            disabled={successors.length > 0}
            style={WIDE}
          />
        </>
      )}
    </FieldGroup>
  );
}

type Choices = ReturnType<typeof successorsFor>;

/** A name that was said before and is over by now stays to be seen. */
function withOwn(choices: Choices, chosen: readonly string[], others: string): Choices {
  const offered = new Set(choices.flatMap(({ items }) => items.map(({ value }) => value)));
  const over = chosen.filter((name) => !offered.has(name));
  if (over.length === 0) return choices;
  return [...choices, { group: others, items: over.map((name) => ({ value: name, label: name })) }];
}

/** Says what is called by the name. */
function Use({ use }: { readonly use: TopicUse }) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('topics.part.use')}>
      <p className={classes['hint']} style={WIDE}>
        {t('topics.use', { ...use })}
      </p>
    </FieldGroup>
  );
}
