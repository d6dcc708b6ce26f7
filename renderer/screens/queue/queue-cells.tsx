import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { calendarFor } from '#shared/domain/agency-hours.ts';
import { waitedMinutes } from '#shared/domain/approval-time.ts';
import { burnsBefore } from '#shared/domain/deadline.ts';
import type { Instant, Minutes } from '#shared/domain/instant.ts';
import { TRIAGE_STEPS } from '#shared/domain/step.ts';
import { formatClock, formatDuration } from '#shared/text/duration.ts';
import { groundAt } from '#shared/domain/places.ts';
import { findPlace } from '#shared/text/place.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { agencyName, municipalityName, personName, type Reference } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { usePromiseWords } from '#renderer/kit/words/use-promise-words.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import type { When } from '#renderer/kit/words/when.ts';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';
import { useShortTopics } from './use-short-topics.ts';
import type { QueueRow, RowPromise } from '#renderer/data/store/console-store.ts';
import classes from './queue.module.css';
import { timeLeft, type TimeLeft } from './time-left.ts';

interface CellProps {
  readonly row: QueueRow;
}

/** A cell of a lane that is about promises, or of any other. */
interface LaneCellProps extends CellProps {
  readonly isPromised: boolean;
}

const dueWords = (dueAt: Instant, left: TimeLeft, now: Instant, when: When, t: TFunction): string =>
  t(left.tone === 'late' ? 'queue.wasDue' : 'queue.dueBy', { at: when.short(dueAt, now) });

/** How long a reply has waited for its approval; null for rows of other steps. */
const waitedOf = ({ calendar }: Reference, { step, since }: QueueRow, now: Instant): Minutes | null =>
  step === 'approval' && since !== undefined ? waitedMinutes(since, now, calendar) : null;

const leftOf = ({ calendar, policies }: Reference, row: QueueRow, now: Instant): TimeLeft | null => {
  const policy = policies.find(({ id }) => id === row.duePolicy) ?? null;
  const burns = burnsBefore(calendar, now, policy, row.agency);
  return timeLeft(calendarFor(calendar, row.agency), row.dueAt, now, burns);
};

/** A promise leads its row by its own time, as it was named; its words stand beside it. */
const PromiseCell = ({ promise }: { readonly promise: RowPromise }) => {
  const { t } = useTranslation();
  const now = useNow();
  const isLate = promise.due < now;
  return (
    <div className={classes['left']} data-tone={isLate ? 'late' : 'soon'} data-promise>
      <b>{usePromiseWords()(promise)}</b>
      {isLate && <small>{t('queue.promiseLate')}</small>}
    </div>
  );
};

/**
 * Time left leads the row: hours and minutes of working time, and the moment it runs out, or for a reply how
 * long it has waited for its approval; where nothing is owed, when it came.
 */
const DeadlineCell = ({ row }: CellProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const language = useLanguage();
  const left = leftOf(reference, row, now);
  const waited = waitedOf(reference, row, now);
  if (left === null || row.dueAt === null) {
    return (
      <div className={classes['left']} data-tone="none">
        <b>
          {when.daysFromNow(row.createdAt, now) === 0
            ? when.time(row.createdAt)
            : when.date(row.createdAt, now)}
        </b>
        <small>{when.daysFromNow(row.createdAt, now) === 0 ? '' : when.time(row.createdAt)}</small>
      </div>
    );
  }
  return (
    <div className={classes['left']} data-tone={left.tone}>
      <b>{formatClock(left.minutes)}</b>
      <small>
        {waited === null
          ? dueWords(row.dueAt, left, now, when, t)
          : t('queue.waits', { waited: formatDuration(waited, language) })}
      </small>
    </div>
  );
};

/** Leads the row by what it owes: in the lane of promises that, else an answer by its deadline. */
export const LeftCell = ({ row, isPromised }: LaneCellProps) =>
  isPromised && row.promise ? <PromiseCell promise={row.promise} /> : <DeadlineCell row={row} />;

const Marks = ({ row }: CellProps) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const reference = useReference();
  const isOthers = row.holder !== null && row.holder !== account.id;
  return (
    <>
      {row.importance === 'high' && (
        <span className={classes['mark']} data-tone="late">
          {t('queue.important')}
        </span>
      )}
      {row.unread > 0 && (
        <span className={classes['mark']} data-tone="soon">
          {t('queue.unread', { count: row.unread })}
        </span>
      )}
      {row.step === 'returned' && <span className={classes['mark']}>{t('step.returned')}</span>}
      {row.step === 'reopened' && <span className={classes['mark']}>{t('step.reopened')}</span>}
      {row.step === 'approval' && row.replyBy === account.id && (
        <span className={classes['mark']} data-tone="soon">
          {t('queue.ownReply')}
        </span>
      )}
      {isOthers && (
        <span className={classes['mark']}>
          {t('queue.heldBy', { name: personName(reference, row.holder ?? '') })}
        </span>
      )}
      {row.pending > 0 && <span className={classes['mark']}>{t('queue.unsent')}</span>}
      {row.tags.slice(0, 2).map((tag) => (
        <span key={tag} className={classes['mark']}>
          {tag}
        </span>
      ))}
    </>
  );
};

/**
 * Topic of a message, by its short name where it has one, and the message's own first words, or in the lane
 * of promises the words that promise.
 */
export const WhatCell = ({ row, isPromised }: LaneCellProps) => {
  const { t } = useTranslation();
  const quote = isPromised && row.promise ? t('promises.quote', { words: row.promise.quote }) : null;
  const shortTopic = useShortTopics();
  // Nobody has said yet what it is: the message speaks for itself, in two lines.
  if (row.topic === '') {
    return (
      <div className={classes['what']}>
        <div className={classes['whole']}>
          <Marks row={row} />
          {quote ?? row.text}
        </div>
      </div>
    );
  }
  return (
    <div className={classes['what']}>
      <div className={classes['title']}>
        <b title={`${row.group} · ${topicLabel(row.topic)}`}>{`${row.group} · ${shortTopic(row)}`}</b>
        <Marks row={row} />
      </div>
      <span className={classes['text']}>{quote ?? row.text}</span>
    </div>
  );
};

/** The nearest thing known inside the municipality; a town that is all of it says nothing new. */
const within = (object: string, street: string, settlement: string, municipality: string): string =>
  object || street || (municipality.startsWith(settlement) ? '' : settlement);

/** Place as named by a person or, fainter, as read from the text; and the agency, once it has one. */
export const WhereCell = ({ row }: CellProps) => {
  const reference = useReference();
  const now = useNow();
  const guess = useMemo(
    () => (row.municipality === '' ? findPlace(row.text, reference) : null),
    [row.municipality, row.text, reference],
  );
  if (guess !== null) {
    const where = [guess.street, guess.house].filter(Boolean).join(', ');
    const ground = groundAt(reference.municipalities, guess.municipality ?? '', now);
    return (
      <div className={classes['where']} data-guess>
        <em>{municipalityName(reference, ground) || '—'}</em>
        <span>{within(guess.object ?? '', where, guess.settlement ?? '', ground)}</span>
      </div>
    );
  }
  const street = [row.street, row.house].filter(Boolean).join(', ');
  const inside = within(row.object, street, row.settlement, row.municipality);
  const who = row.agency !== null && !TRIAGE_STEPS.has(row.step) ? agencyName(reference, row.agency) : null;
  return (
    <div className={classes['where']}>
      <em>{municipalityName(reference, row.municipality) || '—'}</em>
      <span>{who ?? inside}</span>
    </div>
  );
};

export const NetworkCell = ({ row }: CellProps) => {
  const { t } = useTranslation();
  return (
    <div className={classes['net']} title={t(`network.${row.network}`)}>
      {t(`networkShort.${row.network}`)}
    </div>
  );
};
