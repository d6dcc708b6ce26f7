import { sql } from 'kysely';
import { localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';
import { DAY_SUMS, DayBook, type DaySums } from '#shared/report/day-book.ts';
import type { Facts } from '#shared/report/facts.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

const columnOf = (name: keyof DaySums): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const list = (write: (column: string) => string) => sql.raw(DAY_SUMS.map(columnOf).map(write).join(', '));

/** Enters facts in the sums by day, in place of what was entered of the same incidents before. To be called while the old ones stand. */
export async function enterDays(
  tx: ScopedTransaction,
  region: string,
  facts: readonly Facts[],
  zone: ZoneName,
): Promise<void> {
  const before = await sql<{ fact: Facts }>`
    select fact from incident_fact
    where region_id = ${region} and id = any(${facts.map(({ id }) => id)}::uuid[])`.execute(tx);
  const book = new DayBook();
  const dayOf = (at: number): number => localDayAt(zone, at);
  for (const { fact } of before.rows) book.enter(fact, dayOf, -1);
  for (const fact of facts) book.enter(fact, dayOf);
  const rows = Array.from(book.entries(), ([day, sums]) => [day, ...DAY_SUMS.map((name) => sums[name])]);
  await sql`
    insert into fact_day as d (region_id, day, ${list((name) => name)})
    select ${region}, (r->>0)::int, ${sql.raw(DAY_SUMS.map((_, at) => `(r->>${at + 1})::bigint`).join(', '))}
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r
    on conflict (region_id, day) do update set ${list((name) => `${name} = d.${name} + excluded.${name}`)}`.execute(
    tx,
  );
}

/** The book of the whole region. */
export async function readDays(tx: ScopedTransaction, region: string): Promise<DayBook> {
  const { rows } = await sql<DaySums & { day: number }>`
    select day, ${sql.raw(DAY_SUMS.map((name) => `${columnOf(name)} as "${name}"`).join(', '))}
    from fact_day where region_id = ${region}`.execute(tx);
  const book = new DayBook();
  for (const { day, ...sums } of rows) book.addDay(day, sums);
  return book;
}
