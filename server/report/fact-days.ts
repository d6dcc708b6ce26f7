import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import {
  dayOfDate,
  localDayAt,
  type DayNumber,
  type LocalDate,
  type ZoneName,
} from '#shared/domain/time-zone.ts';
import { DAY_SUMS, DayBook, type DaySums } from '#shared/report/facts/day-book.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { topicKey } from '#shared/report/facts/past.ts';
import type { Period } from '#shared/report/facts/period.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { unpackFacts } from './packed-facts.ts';

const columnOf = (name: keyof DaySums): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const dayOf = (date: LocalDate): DayNumber => must(dayOfDate(date), 'a date');

const list = (write: (column: string) => string) => sql.raw(DAY_SUMS.map(columnOf).map(write).join(', '));

/** Reads what the sums by day hold of these incidents now, packed as {@link unpackFacts} takes it. */
export async function readEntered(
  tx: ScopedTransaction,
  region: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ facts: string | null }>`
    select string_agg(fact::text, ',') as facts from incident_fact
    where region_id = ${region} and id = any(${ids}::uuid[])`.execute(tx);
  return rows.map(({ facts }) => facts ?? '');
}

/** Additions to the sums, as JSON: `[day, ...sums]` and `[day, topic, received]`. */
export interface DayEntry {
  readonly sums: string;
  readonly topics: string;
}

/**
 * Works out what facts change in the sums by day, in place of what was entered of the same incidents
 * `before`.
 */
export function dayEntry(facts: readonly Facts[], before: readonly string[], zone: ZoneName): DayEntry {
  const book = new DayBook();
  const topics = new TopicBook();
  const dayAt = (at: number): number => localDayAt(zone, at);
  const enter = (row: Facts, times: 1 | -1): void => {
    book.enter(row, dayAt, times);
    topics.add(dayAt(row.createdAt), topicKey(row.group, row.topic), times);
  };
  for (const fact of unpackFacts(before)) enter(fact, -1);
  for (const fact of facts) enter(fact, 1);
  const sums = Array.from(book.entries(), ([day, of]) => [day, ...DAY_SUMS.map((name) => of[name])]);
  return { sums: JSON.stringify(sums), topics: JSON.stringify(topics.rows()) };
}

/** Adds to the sums by day. */
export async function enterDays(
  tx: ScopedTransaction,
  region: string,
  { sums, topics }: DayEntry,
): Promise<void> {
  await sql`
    insert into fact_day as d (region_id, day, ${list((name) => name)})
    select ${region}, (r->>0)::int, ${sql.raw(DAY_SUMS.map((_, at) => `(r->>${at + 1})::bigint`).join(', '))}
    from jsonb_array_elements(${sums}::jsonb) r
    on conflict (region_id, day) do update
    set ${list((name) => `${name} = d.${name} + excluded.${name}`)}`.execute(tx);
  await sql`
    insert into fact_topic as t (region_id, day, topic_key, received)
    select ${region}, (r->>0)::int, r->>1, (r->>2)::bigint
    from jsonb_array_elements(${topics}::jsonb) r
    on conflict (region_id, day, topic_key) do update set received = t.received + excluded.received`.execute(
    tx,
  );
}

/** Messages received by day and topic. */
class TopicBook {
  readonly #days = new Map<DayNumber, Map<string, number>>();

  add(day: DayNumber, topic: string, times: number): void {
    let topics = this.#days.get(day);
    if (topics === undefined) this.#days.set(day, (topics = new Map()));
    topics.set(topic, (topics.get(topic) ?? 0) + times);
  }

  rows(): readonly (readonly [DayNumber, string, number])[] {
    return [...this.#days].flatMap(([day, topics]) =>
      Array.from(topics, ([topic, count]) => [day, topic, count] as const),
    );
  }
}

/**
 * Reads the book of a region as far as these periods ask: what was before all of them is one sum, on the day
 * before, and what came after is left out. A region has years of days, a summary looks at two.
 */
export async function readDays(
  tx: ScopedTransaction,
  region: string,
  periods: readonly Period[],
): Promise<DayBook> {
  const first = Math.min(...periods.map(({ from }) => dayOf(from)));
  const last = Math.max(...periods.map(({ to }) => dayOf(to)));
  const { rows } = await sql<{ days: readonly (readonly number[])[] }>`
    select json_agg(json_build_array(day, ${list((name) => name)})) as days from (
      select day, ${list((name) => name)} from fact_day
      where region_id = ${region} and day between ${first} and ${last}
      union all
      select ${first - 1}::int, ${list((name) => `coalesce(sum(${name}), 0)`)} from fact_day
      where region_id = ${region} and day < ${first}) asked`.execute(tx);
  const book = new DayBook();
  for (const [day = 0, ...sums] of rows[0]?.days ?? []) book.addDay(day, sums);
  return book;
}

/** Messages received in a period, by {@link topicKey}. */
export async function readTopics(
  tx: ScopedTransaction,
  region: string,
  { from, to }: Period,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; count: number }>`
    select topic_key as key, sum(received)::bigint as count from fact_topic
    where region_id = ${region} and day between ${dayOf(from)} and ${dayOf(to)}
    group by topic_key having sum(received) > 0`.execute(tx);
  return new Map(rows.map(({ key, count }) => [key, count]));
}
