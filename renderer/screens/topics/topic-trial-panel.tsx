import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FallenTopic, TopicTrial } from '#shared/domain/topic-trial.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { municipalityName } from '#renderer/kit/context/reference.ts';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';
import classes from './topics.module.css';

interface Props {
  readonly trial: TopicTrial | null;
  readonly isRunning: boolean;
}

/** Lines of a list and messages of a topic that are shown; all are counted. */
const LISTED = 100;
const MESSAGES = 20;

/** Tells what a draft of the dictionary does to the topics of last month. */
export function TopicTrialPanel({ trial, isRunning }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  if (isRunning) return <Loader size="sm" role="status" aria-label={t('topics.trial.running')} />;
  if (trial === null) return null;
  const { total, untouched, renamed, fallen, lost } = trial;
  const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const renamedCount = sumOf(renamed.map(({ count }) => count));
  const fallenCount = sumOf(fallen.map(({ messages }) => messages.length));
  return (
    <section className={classes['trial']} aria-label={t('topics.trial.title')}>
      <p role="status">
        <b>
          {total === 0
            ? t('topics.trial.noMessages')
            : t('topics.trial.sum', { count: total, untouched, renamed: renamedCount, fallen: fallenCount })}
        </b>
      </p>
      <Part title={t('topics.trial.fallen', { count: fallen.length })} count={fallen.length}>
        {fallen.slice(0, LISTED).map((topic) => (
          <Fallen key={`${topic.group}/${topic.topic}`} fallen={topic} />
        ))}
      </Part>
      <Part title={t('topics.trial.lost', { count: lost.length })} count={lost.length}>
        {lost.slice(0, LISTED).map(({ topic, group, municipality, count }) => (
          <li key={`${group}/${topic}/${municipality}`}>
            <Link href={`/routes/new?${new URLSearchParams({ topic, municipality }).toString()}`}>
              {topicLabel(topic)}
            </Link>
            {municipality === '' ? '' : ` · ${municipalityName(reference, municipality)}`}
            {` · ${t('topics.trial.messages', { count })}`}
          </li>
        ))}
      </Part>
      <Part title={t('topics.trial.renamed', { count: renamed.length })} count={renamed.length}>
        {renamed.slice(0, LISTED).map(({ from, to, group, count }) => (
          <li key={`${group}/${from}/${to}`}>
            {topicLabel(from)} → {group} · {topicLabel(to)} · {t('topics.trial.messages', { count })}
          </li>
        ))}
      </Part>
    </section>
  );
}

interface PartProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

function Part({ title, count, children }: PartProps) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {count > LISTED && <p>{t('topics.trial.firstOf', { count: LISTED })}</p>}
      <ul tabIndex={0} aria-label={title}>
        {children}
      </ul>
    </>
  );
}

/** A topic that nothing goes on with, and its messages, each of which opens. */
function Fallen({ fallen: { topic, group, became, messages } }: { readonly fallen: FallenTopic }) {
  const { t } = useTranslation();
  return (
    <li>
      {group} · {topicLabel(topic)} · {t('topics.trial.messages', { count: messages.length })}
      {became.length > 1 && ` → ${became.map(topicLabel).join(', ')}`}
      <span className={classes['messages']}>
        {messages.slice(0, MESSAGES).map(({ id, number }) => (
          <Link key={id} href={`/incident/${id}`}>
            {number === null ? t('card.noNumber') : t('card.number', { number })}
          </Link>
        ))}
        {messages.length > MESSAGES && t('topics.trial.more', { count: messages.length - MESSAGES })}
      </span>
    </li>
  );
}
