import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicsInForce } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { groupedTopics } from './topic-groups.ts';

interface Props extends Omit<SelectProps, 'data' | 'placeholder'> {
  /** Names the choice of none. */
  readonly none: string;
  /** A whole group can be chosen, too. */
  readonly takesGroups?: boolean;
}

/** A choice among the topics in force, by group; see `topicOf` for its value. */
export function TopicSelect({ none, takesGroups = false, ...field }: Props) {
  const { t } = useTranslation();
  const topics = topicsInForce(useReference(), useNow());
  const wholeGroup = (group: string): string => t('deadlines.wholeGroup', { group });
  return (
    <Select
      {...field}
      placeholder={none}
      data={groupedTopics(topics, takesGroups ? wholeGroup : undefined)}
      searchable
      clearable
      // A refusal brings the focus here; the list would hide its sentence.
      openOnFocus={false}
      clearButtonProps={{ 'aria-label': none }}
      nothingFoundMessage={t('picker.nothing')}
    />
  );
}
