import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isInForce } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { isUnsaid } from '#shared/domain/region-dictionary.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import type { TopicRow } from '#renderer/kit/context/reference.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';
import { topicAddress } from './topic-address.ts';
import type { TopicGroup } from './topic-lines.ts';
import classes from './topics.module.css';

interface Listed {
  readonly groups: readonly TopicGroup[];
  readonly now: Instant;
}

/** Topics group by group, each a way to its form. Arrows go from one to the next. */
export function TopicList({ groups, now }: Listed) {
  const { topics } = useReference();
  const body = useRef<HTMLDivElement>(null);
  const byName = Map.groupBy(topics, ({ name }) => name);
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const links = [...(body.current?.querySelectorAll('a') ?? [])];
    const at = links.findIndex((link) => link === event.target);
    if (at === -1) return;
    event.preventDefault();
    links[at + by]?.focus();
  };
  return (
    <div ref={body}>
      {groups.map(({ group, topics: own }, index) => (
        <section key={group} className={classes['group']} aria-labelledby={`topic-group-${index}`}>
          <h2 id={`topic-group-${index}`}>
            {group} <span>{own.length}</span>
          </h2>
          <ul>
            {own.map((topic) => (
              <li key={topic.id}>
                <Link href={topicAddress(topic.id)} onKeyDown={step}>
                  <b>{topicLabel(topic.name)}</b>
                  <TopicDetails topic={topic} now={now} isUnsaid={isUnsaid(topic, { byName })} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface DetailsProps {
  readonly topic: TopicRow;
  readonly now: Instant;
  readonly isUnsaid: boolean;
}

/** Says how grave a topic is, when it is in force, and what it became. */
function TopicDetails({ topic, now, isUnsaid: lacksWord }: DetailsProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const { shortName = '', fastTrack, severity, validFrom, validTo, successors } = topic;
  const details = [
    shortName,
    fastTrack ? t('topics.fast') : '',
    severity === null ? '' : t('topics.severityIs', { severity }),
    validFrom !== null && validFrom > now ? t('directory.from', { day: when.date(validFrom, now) }) : '',
    validTo === null
      ? ''
      : t(isInForce(topic, now) || validTo > now ? 'directory.until' : 'topics.ended', {
          day: when.date(validTo - 1, now),
        }),
    successors === undefined || successors.length === 0
      ? ''
      : t('topics.becameIs', { names: successors.map(topicLabel).join(', ') }),
  ];
  return (
    <span className={classes['details']}>
      {details.filter(Boolean).join(' · ')}
      {lacksWord && <span className={classes['unsaid']}>{t('topics.unsaid')}</span>}
    </span>
  );
}
