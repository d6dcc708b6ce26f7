import type { TFunction } from 'i18next';
import { POLICY_FILTERS, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { minutesWorked } from '#shared/domain/working-hours.ts';
import { usualHours } from '#shared/domain/production-days.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { agencyName, type Reference } from '#renderer/kit/context/reference.ts';

/** Readers that words are made with. */
export interface PolicyReaders {
  readonly t: TFunction;
  readonly reference: Reference;
  readonly language: Language;
}

/** «9 ч рабочего времени», «24 ч», «63 ч рабочего времени, это 7 рабочих дней». */
export function limitWords(
  { unit, minutes }: Pick<DeadlinePolicy, 'unit' | 'minutes'>,
  { t, reference, language }: PolicyReaders,
): string {
  const length = formatDuration(minutes, language);
  const words = unit === 'working' ? t('deadlines.limit.working', { length }) : length;
  const usual = usualHours(reference.calendar.data.week);
  const day = unit === 'calendar' ? 1440 : usual === null ? 0 : minutesWorked(usual);
  const days = day === 0 ? 0 : minutes / day;
  return days > 1 && Number.isInteger(days)
    ? t(`deadlines.limit.${unit}Days`, { words, count: days })
    : words;
}

/** «тема «Отопление», высокая важность»; '' for a policy of all messages. */
export function filterWords(policy: DeadlinePolicy, { t, reference }: PolicyReaders): string {
  return POLICY_FILTERS.flatMap((filter) => {
    const value = policy[filter];
    if (value === null) return [];
    return t(`deadlines.filter.${filter}`, { value: nameOf(filter, value, { t, reference }) });
  }).join(', ');
}

function nameOf(
  filter: (typeof POLICY_FILTERS)[number],
  value: string,
  { t, reference }: Pick<PolicyReaders, 't' | 'reference'>,
): string {
  if (filter === 'agency') return agencyName(reference, value);
  if (filter === 'importance') return t(`importance.${value}`);
  return filter === 'network' ? t(`network.${value}`) : value;
}
