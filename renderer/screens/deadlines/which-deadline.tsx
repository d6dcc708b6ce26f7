import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEADLINE_STARTS, policiesThatFit, type DeadlineStart } from '#shared/domain/deadline.ts';
import { IMPORTANCES, NETWORKS, type Importance, type Network } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { entryChoices } from '#renderer/kit/directory/entry.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from './deadlines.module.css';
import { filterWords, limitWords } from './policy-words.ts';
import { topicOf } from '#renderer/kit/deadlines/topic-groups.ts';
import { TopicSelect } from '#renderer/kit/deadlines/topic-select.tsx';

interface Example {
  /** «group — topic» of the list, null for none. */
  readonly topic: string | null;
  readonly importance: Importance;
  readonly agency: string | null;
  readonly network: Network;
}

/** Which deadline a message would have, and why that one: for an example that the person chooses. */
export function WhichDeadline() {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const [example, setExample] = useState<Example>({
    topic: null,
    importance: 'ordinary',
    agency: null,
    network: 'vk',
  });
  const set = (change: Partial<Example>): void => setExample({ ...example, ...change });
  return (
    <section className={classes['which']} aria-label={t('deadlines.which.title')}>
      <h2>{t('deadlines.which.title')}</h2>
      <div className={classes['example']}>
        <TopicSelect
          label={t('deadlines.field.topic')}
          none={t('deadlines.which.noTopic')}
          value={example.topic}
          onChange={(topic) => set({ topic })}
        />
        <Select
          label={t('deadlines.field.importance')}
          data={IMPORTANCES.map((value) => ({ value, label: t(`importance.${value}`) }))}
          value={example.importance}
          onChange={(importance) => importance !== null && set({ importance })}
          allowDeselect={false}
        />
        <Select
          label={t('deadlines.field.agency')}
          placeholder={t('deadlines.which.noAgency')}
          data={entryChoices(reference.agencies, now)}
          value={example.agency}
          onChange={(agency) => set({ agency })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('deadlines.which.noAgency') }}
          nothingFoundMessage={t('picker.nothing')}
        />
        <Select
          label={t('deadlines.field.network')}
          data={NETWORKS.map((value) => ({ value, label: t(`network.${value}`) }))}
          value={example.network}
          onChange={(network) => network !== null && set({ network })}
          allowDeselect={false}
        />
      </div>
      <ul className={classes['answers']} aria-live="polite">
        {DEADLINE_STARTS.map((start) => (
          <Answer key={start} start={start} example={example} />
        ))}
      </ul>
    </section>
  );
}

function Answer({ start, example }: { readonly start: DeadlineStart; readonly example: Example }) {
  const { t } = useTranslation();
  const reference = useReference();
  const language = useLanguage();
  const now = useNow();
  const { group, topic } = topicOf(example.topic);
  const [chosen, ...losers] = policiesThatFit(reference.policies, {
    ...example,
    group,
    topic,
    start,
    at: now,
  });
  const readers = { t, reference, language };
  const title = t(`deadlines.start.${start}`);
  if (chosen === undefined)
    return (
      <li>
        <b>{title}</b>: {t('deadlines.which.none')}
      </li>
    );
  const filters = filterWords(chosen, readers);
  const next = losers[0];
  const limit = limitWords(chosen, readers);
  return (
    <li>
      <b>{title}</b>: {t('deadlines.which.chosen', { name: chosen.name, limit })}{' '}
      {filters === '' ? t('deadlines.which.becauseAll') : t('deadlines.which.because', { filters })}
      {next !== undefined &&
        ` ${t('deadlines.which.before', {
          name: next.name,
          filters: filterWords(next, readers) || t('deadlines.filter.all'),
        })}`}
      {chosen.basis !== null && ` ${t('deadlines.which.basis', { basis: chosen.basis })}`}
    </li>
  );
}
