import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { useCentreTime } from '#renderer/kit/context/console-context.tsx';
import { TopicTrialPanel } from './topic-trial-panel.tsx';
import { useTopicTrial } from './use-topic-trial.ts';

interface Props {
  readonly preview: LoadPreview;
  /** The day from which the file is in force; null: when all that it changes has come about. */
  readonly at: Instant | null;
}

/** The moment at which all of the changes have come about. */
const momentOf = (topics: readonly Topic[], now: Instant): Instant =>
  Math.max(now, ...topics.flatMap(({ validFrom, validTo }) => [validFrom ?? now, validTo ?? now]));

/** Tries the topics of a file before they are saved. */
export function TopicLoadTrial({ preview, at }: Props) {
  const { t } = useTranslation();
  const centreTime = useCentreTime();
  const trial = useTopicTrial();
  if (preview.commands.length === 0) return null;
  const run = (): void => {
    const topics = preview.commands.flatMap(({ args }) => args.rows.map(({ row }) => row as Topic));
    void trial.run(topics, at ?? momentOf(topics, centreTime()));
  };
  return (
    <>
      <Button variant="default" mt="md" mb="xs" onClick={run}>
        {t('topics.trial.run')}
      </Button>
      <TopicTrialPanel trial={trial.result} isRunning={trial.isRunning} />
    </>
  );
}
