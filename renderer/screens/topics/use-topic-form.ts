import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { isSensible } from '#shared/domain/instant.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import { judgeTopic } from '#shared/domain/records/judge-topic.ts';
import { RECORD_RULES } from '#shared/domain/records/record-rules.ts';
import { TopicShelf, type TopicUse } from '#shared/domain/records/topic-surroundings.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { formSentences } from '#renderer/kit/forms/read-form.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useRefusalWords } from '#renderer/triage/acts/use-command.ts';
import { readTopic, topicFieldsOf, type TopicFields } from './topic-draft.ts';

/** The field that stands for a refusal, so that its sentence is read where it belongs. */
const FIELD_OF: Partial<Record<RefusalKind, keyof TopicFields>> = {
  topic_taken: 'name',
  topic_in_use: 'name',
  short_topic_taken: 'shortName',
  short_name_long: 'shortName',
  ends_before_beginning: 'lastDay',
  last_topic: 'lastDay',
  topics_in_ring: 'successors',
  topic_ended: 'successors',
  unknown_topic: 'successors',
};

/** The form with the judge of the command behind it, who knows what is called by the name. */
export function useTopicForm(seen: Topic | null, use: TopicUse | null) {
  const { t } = useTranslation();
  const { topics, zone } = useReference();
  const wordsOf = useRefusalWords();
  const now = useNow();
  const taken = new Set(topics.map(({ id }) => id));
  const read = (fields: TopicFields) => readTopic(fields, { seen, zone, taken });
  const form = useForm<TopicFields>({
    initialValues: topicFieldsOf(seen, zone, now),
    validateInputOnBlur: true,
    validate: (fields) => {
      const reading = read(fields);
      const { value } = reading;
      if (value === null) return formSentences(reading, (field) => t(`topics.formWrong.${field}`), t);
      if (!RECORD_RULES.topic.hasSensibleDays(value)) {
        const isFirst = value.validFrom !== null && !isSensible(value.validFrom);
        return { [isFirst ? 'firstDay' : 'lastDay']: t('topics.formWrong.firstDay') };
      }
      const uses = use === null ? null : new Map([[value.id ?? '', use]]);
      const dictionary = { topics: new TopicShelf(topics), uses };
      const refusal = judgeTopic(value, seen, { at: now, dictionary });
      return refusal === null ? {} : { [FIELD_OF[refusal.kind] ?? 'name']: wordsOf(refusal) };
    },
  });
  return { form, read };
}
