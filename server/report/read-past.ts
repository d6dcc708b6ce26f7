import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import { isTakenAt } from '#shared/report/facts/endings.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import type { Past } from '#shared/report/facts/past.ts';
import type { Period } from '#shared/report/facts/period.ts';
import { closingsBefore, repeatQuestionOf, RepeatFinder } from '#shared/report/facts/repeats.ts';
import type { PastPeriods } from '#shared/report/summary/make-report.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { readDays, readTopics } from './fact-days.ts';

const ANNOUNCED = 'a period that was announced';

const keyOf = ({ start, end }: Period): string => `${start}:${end}`;

/**
 * Looks up what a summary will ask beyond the messages of its period, from the sums by day and the projected
 * facts.
 */
export async function readPast(tx: ScopedTransaction, region: string, periods: PastPeriods): Promise<Past> {
  const read = async <T>(
    periods: readonly Period[],
    readOne: (tx: ScopedTransaction, region: string, period: Period) => Promise<T>,
  ): Promise<(period: Period) => T> => {
    const known = new Map<string, T>();
    for (const period of periods)
      if (!known.has(keyOf(period))) known.set(keyOf(period), await readOne(tx, region, period));
    return (period) => must(known.get(keyOf(period)), ANNOUNCED);
  };
  const book = await readDays(tx, region, periods.sums);
  const inBook = new Set(periods.sums.map(keyOf));
  const announced = (period: Period): Period => must(inBook.has(keyOf(period)) ? period : null, ANNOUNCED);
  const closingsOf = await read(periods.repeats, readClosings);
  return {
    totals: (period) => book.totals(announced(period)),
    carried: (period) => book.carried(announced(period)),
    days: (period) => book.days(announced(period)),
    topics: await read(periods.topics, readTopics),
    repeats: (received, period) => repeats(received, closingsOf(period), period),
  };
}

/** Closings of one topic: author, address, moment, and that of coming back or null, over and over. */
interface Closings {
  readonly key: string;
  readonly fours: string;
}

/** All that a period's repeats may follow, a value a topic: rows of their own would be many. */
async function readClosings(
  tx: ScopedTransaction,
  region: string,
  period: Period,
): Promise<readonly Closings[]> {
  const { start, end } = closingsBefore(period);
  const { rows } = await sql<Closings>`
    select topic_key as key, string_agg(author_key || ',' || place_key || ',' || closed_at || ',' ||
      coalesce(reopened_at::text, 'null'), ',') as fours
    from (
      select topic_key, author_key, place_key, closed_at, null::bigint as reopened_at from incident_fact
      where region_id = ${region} and is_done and has_topic
      union all
      select topic_key, author_key, place_key, past.closed_at, past.reopened_at from incident_fact,
        unnest(past_closed, past_reopened) as past (closed_at, reopened_at)
      where region_id = ${region} and past_closed <> '{}' and has_topic) closings
    where closed_at >= ${start} and closed_at < ${end}
    group by topic_key`.execute(tx);
  return rows;
}

function repeats(
  received: readonly Facts[],
  closings: readonly Closings[],
  { end }: Period,
): ReadonlySet<Facts> {
  const finder = new RepeatFinder<string, Facts>();
  for (const row of received) if (isTakenAt(row, end)) finder.ask(row, repeatQuestionOf(row), row.createdAt);
  for (const { key, fours } of closings) {
    const numbers = JSON.parse(`[${fours}]`) as (number | null)[];
    for (let at = 0; at < numbers.length; at += 4) {
      const [authorKey, placeKey, closedAt, reopenedAt = null] = numbers.slice(at, at + 4);
      finder.close(
        { topic: key, authorKey: authorKey ?? 0, placeKey: placeKey ?? 0 },
        { closedAt: closedAt ?? 0, reopenedAt },
      );
    }
  }
  return new Set(finder.repeats());
}
