import { sql } from 'kysely';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Past } from '#shared/report/past.ts';
import type { Period } from '#shared/report/period.ts';
import { REPEAT_DAYS } from '#shared/report/repeats.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { readDays } from './fact-days.ts';

const keyOf = ({ start, end }: Period): string => `${start}:${end}`;

type Asked = Readonly<Record<'topics' | 'repeats', readonly Period[]>>;

/** Looks up what a summary will ask beyond the messages of its period, from the sums by day and the projected facts. */
export async function readPast(tx: ScopedTransaction, region: string, asked: Asked): Promise<Past> {
  const read = async <T>(
    periods: readonly Period[],
    one: (tx: ScopedTransaction, region: string, period: Period) => Promise<T>,
  ): Promise<(period: Period) => T> => {
    const known = new Map<string, T>();
    for (const period of periods)
      if (!known.has(keyOf(period))) known.set(keyOf(period), await one(tx, region, period));
    return (period) => must(known.get(keyOf(period)), 'a period that was announced');
  };
  const book = await readDays(tx, region);
  return {
    totals: (period) => book.totals(period),
    carried: (period) => book.carried(period),
    days: (period) => book.days(period),
    topics: await read(asked.topics, topics),
    repeats: await read(asked.repeats, repeats),
  };
}

async function topics(
  tx: ScopedTransaction,
  region: string,
  { start, end }: Period,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; count: number }>`
    select topic_key as key, count(*) as count
    from incident_fact where region_id = ${region} and created_at >= ${start} and created_at < ${end}
    group by topic_key`.execute(tx);
  return new Map(rows.map(({ key, count }) => [key, count]));
}

/** As `RepeatFinder` tells them: by author or by address. */
async function repeats(
  tx: ScopedTransaction,
  region: string,
  { start, end }: Period,
): Promise<ReadonlySet<string>> {
  const soon = REPEAT_DAYS * MS_PER_DAY;
  const closed = (key: 'author_key' | 'place_key') => sql`
    r.${sql.ref(key)} <> 0 and exists (
      select from incident_fact c where c.region_id = ${region} and c.${sql.ref(key)} = r.${sql.ref(key)}
        and c.${sql.ref(key)} <> 0 and c.topic_key = r.topic_key and c.is_done and c.has_topic
        and c.closed_at < r.created_at and c.closed_at >= r.created_at - ${soon}::bigint)`;
  const { rows } = await sql<{ id: string }>`
    select r.id from incident_fact r
    where r.region_id = ${region} and r.created_at >= ${start} and r.created_at < ${end} and r.is_taken and r.has_topic
      and (${closed('author_key')} or ${closed('place_key')})`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
