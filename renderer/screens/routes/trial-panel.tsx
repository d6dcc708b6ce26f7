import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { MovedMessage, RouteEnd, RouteTrial } from '#shared/domain/route-trial.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import classes from './routes.module.css';

interface Props {
  readonly trial: RouteTrial | null;
  readonly isRunning: boolean;
}

/** Messages that are listed; all are counted. */
const LISTED = 200;

/** Tells what changed routes would have moved last month; each message opens. */
export function TrialPanel({ trial, isRunning }: Props) {
  const { t } = useTranslation();
  if (isRunning) return <Loader size="sm" role="status" aria-label={t('routes.trial.running')} />;
  if (trial === null) return null;
  const { total, moved } = trial;
  return (
    <section className={classes['trial']} aria-label={t('routes.trial.title')}>
      <p role="status">
        <b>
          {total === 0
            ? t('routes.trial.noMessages')
            : t('routes.trial.moved', { moved: moved.length, count: total })}
        </b>
      </p>
      {moved.length > LISTED && <p>{t('routes.trial.firstOf', { count: LISTED })}</p>}
      {moved.length > 0 && (
        <ul tabIndex={0} aria-label={t('routes.trial.list')}>
          {moved.slice(0, LISTED).map((message) => (
            <Moved key={message.message.id} moved={message} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Moved({ moved: { message, was, is } }: { readonly moved: MovedMessage }) {
  const { t } = useTranslation();
  const reference = useReference();
  const nameOf = (end: RouteEnd | null): string =>
    end === null
      ? t('routes.none')
      : [agencyName(reference, end.agency), end.unit ?? ''].filter(Boolean).join(', ');
  return (
    <li>
      <Link href={`/incident/${message.id}`}>
        {message.number === null ? t('card.noNumber') : t('card.number', { number: message.number })}
      </Link>{' '}
      {[message.topic, message.municipality].filter(Boolean).join(' · ')}: {nameOf(was)} → {nameOf(is)}
    </li>
  );
}
