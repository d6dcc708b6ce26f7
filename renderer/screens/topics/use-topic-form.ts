import { useTranslation } from 'react-i18next';
import type { Topic } from '#shared/domain/dictionary.ts';
import { judgeTopic } from '#shared/domain/records/judge-topic.ts';
import { TopicShelf, type TopicUse } from '#shared/domain/records/topic-surroundings.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useJudgedForm, type JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
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
export function useTopicForm(seen: Topic | null, use: TopicUse | null): JudgedForm<TopicFields, Topic> {
  const { t } = useTranslation();
  const { topics, zone } = useReference();
  const now = useNow();
  const taken = new Set(topics.map(({ id }) => id));
  return useJudgedForm<TopicFields, Topic>({
    initialValues: topicFieldsOf(seen, zone, now),
    read: (fields) => readTopic(fields, { seen, zone, taken }),
    judge: (row) => {
      const uses = use === null ? null : new Map([[row.id ?? '', use]]);
      return judgeTopic(row, seen, { at: now, dictionary: { topics: new TopicShelf(topics), uses } });
    },
    fieldOf: FIELD_OF,
    otherwise: 'name',
    words: {
      label: (field) => t(`topics.field.${field}`),
      hint: (field) => t(`topics.formHint.${field}`, { defaultValue: '' }),
      rule: (field) => t(`topics.formWrong.${field}`),
    },
  });
}
