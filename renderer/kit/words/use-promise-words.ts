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

const NEAR_DAYS = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' } as const;

/** «Сегодня», «завтра»; null of a day further off. */
function nearDay(due: Instant, now: Instant, when: When, t: TFunction): string | null {
  const days = String(when.daysFromNow(due, now));
  return days in NEAR_DAYS ? t(`promises.until.${NEAR_DAYS[days as keyof typeof NEAR_DAYS]}`) : null;
}

/**
 * Says until when something is promised, as exactly as it was named: «сегодня до 18:00», «завтра», «до 10 июля»,
 * «до конца недели», «до конца декабря 2027».
 */
export function promiseWords(
  promise: PromiseTime,
  now: Instant,
  { calendar, zone }: Pick<Reference, 'calendar' | 'zone'>,
  when: When,
  t: TFunction,
): string {
  const { due } = promise;
  const near = nearDay(due, now, when, t);
  const day = near ?? t('promises.until.day', { day: when.longDate(due, now) });
  const [at, present] = [localTimeAt(zone, due), localTimeAt(zone, now)];
  const year = at.date.slice(0, 4);
  switch (promiseEnd(promise, calendar)) {
    case 'hour':
      return t('promises.until.hour', { day: near ?? when.longDate(due, now), time: when.time(due) });
    case 'week':
      return at.day - weekdayOf(at.day) === present.day - weekdayOf(present.day)
        ? t('promises.until.week')
        : day;
    case 'month':
      return t('promises.until.month', { month: when.longDate(due, now).replace(/^\d+\s/u, '') });
    case 'year':
      return year === present.date.slice(0, 4)
        ? t('promises.until.year')
        : t('promises.until.otherYear', { year });
    case 'day':
      return day;
  }
}

/** Gives the words of a promise's time, as of now. */
export function usePromiseWords(): (promise: PromiseTime) => string {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  return (promise) => promiseWords(promise, now, reference, when, t);
}
