import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import { yearsWithoutHolidays } from '#shared/domain/calendar.ts';
import { choosePolicy } from '#shared/domain/deadline.ts';
import { isInForce } from '#shared/domain/dictionary.ts';
import { IMPORTANCES, NETWORKS } from '#shared/domain/incident.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import type { JudgedRegion } from './judged-region.ts';
import { verdict, type Verdict } from './verdict.ts';

/** The settings of a region that a judge looks at, and the moment. */
interface JudgedSettings<K extends keyof JudgedRegion['reference']> {
  readonly reference: Pick<JudgedRegion['reference'], K>;
  readonly now: Instant;
}

/** How far ahead deadlines of today reach: the longest are of a month, and holidays lie before them. */
const AHEAD = 60 * MS_PER_DAY;

/** Judges whether deadlines of today and of the next weeks know the holidays that they pass. */
export function judgeHolidays({ reference: { calendar }, now }: JudgedSettings<'calendar'>): Verdict {
  const { named, data } = calendar;
  if (named.size === 0) return verdict('missing', { kind: 'no_holidays' });
  const year = Number(dateOfDay(localDayAt(data.zone, now)).slice(0, 4));
  const [unknown] = yearsWithoutHolidays(calendar, now, now + AHEAD);
  if (unknown !== undefined)
    return verdict(unknown === year ? 'missing' : 'partly', { kind: 'year_without_holidays', year: unknown });
  let last = year;
  while (named.has(last + 1)) last += 1;
  return verdict('works', { kind: 'holidays_known', year: last });
}

/** Judges whether every message that comes now has a moment until which it is answered. */
export function judgeDeadlines({
  reference: { policies, topics },
  now,
}: JudgedSettings<'policies' | 'topics'>): Verdict {
  const inForce = topics.filter((topic) => isInForce(topic, now));
  const asked = [{ group: null, topic: null }, ...inForce.map(({ group, name }) => ({ group, topic: name }))];
  const hasAll = ({ group, topic }: (typeof asked)[number], importance: (typeof IMPORTANCES)[number]) =>
    NETWORKS.every(
      (network) =>
        choosePolicy(policies, {
          importance,
          group,
          topic,
          agency: null,
          network,
          start: 'created',
          at: now,
        }) !== null,
    );
  const pairs = asked.flatMap((one) => IMPORTANCES.map((importance) => hasAll(one, importance)));
  const covered = pairs.filter(Boolean).length;
  if (covered === 0) return verdict('missing', { kind: 'no_deadlines' });
  return verdict(covered === pairs.length ? 'works' : 'partly', {
    kind: 'deadlines_cover',
    covered,
    count: pairs.length,
  });
}
