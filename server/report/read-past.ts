import { sql } from 'kysely';
import { dateOfDay } from '#shared/domain/time-zone.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Past, Span, Totals } from '#shared/report/past.ts';
import { REPEAT_DAYS } from '#shared/report/repeats.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

const keyOf = ({ start, end }: Span): string => `${start}:${end}`;

type Asked = Readonly<Record<keyof Past, readonly Span[]>>;

/** Looks up what a summary will ask about other periods, from the projected facts. */
export async function readPast(tx: ScopedTransaction, region: string, asked: Asked): Promise<Past> {
  const read = async <T>(
    spans: readonly Span[],
    one: (tx: ScopedTransaction, region: string, span: Span) => Promise<T>,
  ): Promise<(span: Span) => T> => {
    const known = new Map<string, T>();
    for (const span of spans)
      if (!known.has(keyOf(span))) known.set(keyOf(span), await one(tx, region, span));
    return (span) => must(known.get(keyOf(span)), 'a period that was announced');
  };
  return {
    totals: await read(asked.totals, totals),
    topics: await read(asked.topics, topics),
    days: await read(asked.days, days),
    repeats: await read(asked.repeats, repeats),
  };
}

async function totals(tx: ScopedTransaction, region: string, { start, end }: Span): Promise<Totals> {
  const received = await sql<Omit<Totals, 'closed' | 'solved'>>`
    select count(*) as received, count(*) filter (where is_answered) as answered,
      coalesce(sum(working) filter (where is_answered), 0) as "workingSum",
      count(working) filter (where is_answered) as "workingCount",
      count(*) filter (where is_answered and in_time) as "inTime",
      count(in_time) filter (where is_answered) as judged
    from incident_fact where region_id = ${region} and created_at >= ${start} and created_at < ${end}`.execute(
    tx,
  );
  const closed = await sql<Pick<Totals, 'closed' | 'solved'>>`
    select count(*) as closed, count(*) filter (where is_solved) as solved
    from incident_fact where region_id = ${region} and is_done and closed_at >= ${start} and closed_at < ${end}`.execute(
    tx,
  );
  return { ...must(received.rows[0], 'sums'), ...must(closed.rows[0], 'sums') };
}

async function topics(
  tx: ScopedTransaction,
  region: string,
  { start, end }: Span,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; count: number }>`
    select topic_key as key, count(*) as count
    from incident_fact where region_id = ${region} and created_at >= ${start} and created_at < ${end}
    group by topic_key`.execute(tx);
  return new Map(rows.map(({ key, count }) => [key, count]));
}

async function days(
  tx: ScopedTransaction,
  region: string,
  { start, end }: Span,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ day: number; count: number }>`
    select day, count(*) as count
    from incident_fact where region_id = ${region} and created_at >= ${start} and created_at < ${end}
    group by day`.execute(tx);
  return new Map(rows.map(({ day, count }) => [dateOfDay(day), count]));
}

/** As `repeatsAmong` tells them: once by author, once by address. */
async function repeats(
  tx: ScopedTransaction,
  region: string,
  { start, end }: Span,
): Promise<ReadonlySet<string>> {
  const soon = REPEAT_DAYS * MS_PER_DAY;
  const by = (key: 'author_key' | 'place_key') => sql`
    select r.id from incident_fact r join incident_fact c
      on c.region_id = r.region_id and c.topic_key = r.topic_key and c.${sql.ref(key)} = r.${sql.ref(key)}
      and c.closed_at <= r.created_at and c.closed_at >= r.created_at - ${soon}::bigint
    where r.region_id = ${region} and r.created_at >= ${start} and r.created_at < ${end} and r.is_taken and r.has_topic
      and r.${sql.ref(key)} <> 0 and c.is_done and c.closed_at >= ${start - soon} and c.closed_at < ${end}`;
  const { rows } = await sql<{ id: string }>`${by('author_key')} union ${by('place_key')}`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
