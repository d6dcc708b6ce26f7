import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PromiseControl } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { promiseEnd } from '#shared/domain/promises/promise-end.ts';
import { localTimeAt, weekdayOf } from '#shared/domain/time-zone.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import type { Reference } from '#renderer/kit/context/reference.ts';
import { useNow } from './use-now.ts';
import { useWhen } from './use-words.ts';
import type { When } from './when.ts';

type PromiseTime = Pick<PromiseControl, 'due' | 'precision'>;
type Calendars = Pick<Reference, 'calendar' | 'zone'>;

const NEAR_DAYS = new Map([
  [-1, 'yesterday'],
  [0, 'today'],
  [1, 'tomorrow'],
]);

/**
 * Says until when something is promised, as exactly as it was named: «сегодня до 18:00», «завтра»,
 * «до 10 июля», «до конца недели», «до конца мая 2027».
 */
export function promiseWords(
  promise: PromiseTime,
  now: Instant,
  calendars: Calendars,
  when: When,
  t: TFunction,
): string {
  const { due } = promise;
  const end = promiseEnd(promise, calendars.calendar);
  const near = NEAR_DAYS.get(when.daysFromNow(due, now));
  if (end === 'week' && isSameWeek(due, now, calendars)) return t('promises.until.week');
  if (near === undefined || end === 'month' || end === 'year')
    return promiseDate(promise, now, calendars, when, t);
  const day = t(`promises.until.${near}`);
  return end === 'hour' ? t('promises.until.hour', { day, time: when.time(due) }) : day;
}

/** Says the same by dates alone, for what is read again on another day. */
export function promiseDate(
  promise: PromiseTime,
  now: Instant,
  { calendar, zone }: Calendars,
  when: When,
  t: TFunction,
): string {
  const { due } = promise;
  const date = when.longDate(due, now);
  const [year, thisYear] = [due, now].map((at) => localTimeAt(zone, at).date.slice(0, 4));
  switch (promiseEnd(promise, calendar)) {
    case 'hour':
      return t('promises.until.hour', { day: date, time: when.time(due) });
    case 'month':
      return t('promises.until.month', { month: date.replace(/^\d+\s/u, '') });
    case 'year':
      return year === thisYear ? t('promises.until.year') : t('promises.until.otherYear', { year });
    case 'week':
    case 'day':
      return t('promises.until.day', { day: date });
  }
}

function isSameWeek(one: Instant, other: Instant, { zone }: Calendars): boolean {
  const [monday, otherMonday] = [one, other].map((at) => {
    const { day } = localTimeAt(zone, at);
    return day - weekdayOf(day);
  });
  return monday === otherMonday;
}

/** Gives the words of a promise's time, as of now. */
export function usePromiseWords(): (promise: PromiseTime) => string {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  return (promise) => promiseWords(promise, now, reference, when, t);
}
