import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { comingVersions, type ComingVersion } from './topic-lines.ts';
import { TopicTrialPanel } from './topic-trial-panel.tsx';
import classes from './topics.module.css';
import { useTopicTrial } from './use-topic-trial.ts';

/** The days on which the dictionary changes, each tried on last month before it comes. */
export function ComingVersions() {
  const { t } = useTranslation();
  const { topics } = useReference();
  const versions = comingVersions(topics, useNow());
  if (versions.length === 0) return null;
  return (
    <ul className={classes['versions']} aria-label={t('topics.versions')}>
      {versions.map((version) => (
        <Coming key={version.at} version={version} />
      ))}
    </ul>
  );
}

function Coming({ version: { at, begins, ends } }: { readonly version: ComingVersion }) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const trial = useTopicTrial();
  const details = [
    begins === 0 ? '' : t('topics.begins', { count: begins }),
    ends === 0 ? '' : t('topics.ends', { count: ends }),
  ].filter(Boolean);
  return (
    <li>
      <div className={classes['version']}>
        <span>
          <b>{t('topics.versionFrom', { day: when.date(at, now) })}</b> {details.join(', ')}
        </span>
        <Button variant="default" size="compact-sm" onClick={() => void trial.run([], at)}>
          {t('topics.trial.run')}
        </Button>
      </div>
      <TopicTrialPanel trial={trial.result} isRunning={trial.isRunning} />
    </li>
  );
}
