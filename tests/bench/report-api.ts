import { sql } from 'kysely';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { monthBefore, periodAround } from '#shared/report/period.ts';
import { projectFacts } from '#server/report/project-facts.ts';
import { reportOf } from '#server/report/report-of.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import { freshDatabase } from '#tests/helpers/postgres.ts';
import type { Goal } from './goals.ts';
import { spentOn, timed, wallOf, type Spent } from './timed.ts';

const REGION = 'eao';
const ZONE = 'Asia/Vladivostok';
const START = Date.UTC(2019, 0, 1);
/** So many blocks of so many days make four years. */
const BLOCKS = 49;
const BLOCK_DAYS = 30;
const NOW = START + BLOCKS * BLOCK_DAYS * MS_PER_DAY;
const LAST_MONTH = '2022-11';

const SHIFTED = ['createdAt', 'closedAt', 'firstReplyAt', 'finalReplyAt'] as const;
const SUMS = [
  'received',
  'answered',
  'working_sum',
  'working_count',
  'in_time',
  'judged',
  'closed',
  'solved',
  'rejected',
  'merged',
  'gone',
] as const;

/** One block of a month goes the product's own way from incidents to facts; the others are the same facts so many days later. */
async function fill(owner: Database, db: Database, size: number): Promise<void> {
  await addRegion(owner, { code: REGION, name: 'Область', timeZone: ZONE });
  const block = randomIncidents(1, Math.ceil(size / BLOCKS), START, START + BLOCK_DAYS * MS_PER_DAY);
  await withScope(db, { region: REGION }, (tx) =>
    storeMany(
      tx,
      REGION,
      block.map((after) => ({ before: null, after, events: [] })),
      NOW,
    ),
  );
  await projectFacts(db, REGION, ZONE);
  await withScope(owner, { region: REGION }, async (tx) => {
    const later = sql.raw(
      SHIFTED.map((name) => `'${name}', (fact->>'${name}')::bigint + days * ${MS_PER_DAY}::bigint`).join(
        ', ',
      ),
    );
    await sql`
      insert into incident_fact (region_id, id, created_at, closed_at, is_done, is_taken, topic_key, has_topic,
        author_key, place_key, fact)
      select region_id, new_id, created_at + days * ${MS_PER_DAY}::bigint, closed_at + days * ${MS_PER_DAY}::bigint, is_done,
        is_taken, topic_key, has_topic, author_key, place_key, fact || jsonb_build_object('id', new_id, ${later})
      from generate_series(1, ${BLOCKS - 1}) n, lateral (select n * ${BLOCK_DAYS} as days) d, incident_fact f,
        lateral (select md5(f.id::text || n)::uuid as new_id) i`.execute(tx);
    await sql`
      insert into fact_day as d (region_id, day, ${sql.raw(SUMS.join(', '))})
      select region_id, day + n * ${BLOCK_DAYS}, ${sql.raw(SUMS.map((name) => `sum(${name})`).join(', '))}
      from (select * from fact_day) f, generate_series(1, ${BLOCKS - 1}) n group by 1, 2
      on conflict (region_id, day) do update
        set ${sql.raw(SUMS.map((name) => `${name} = d.${name} + excluded.${name}`).join(', '))}`.execute(tx);
  });
  // What a database that has stood for a minute has done by itself.
  await sql`vacuum analyze incident_fact, fact_day`.execute(owner);
}

/** A month's summary of the API over so many incidents: median of the repetitions, each of another month. */
export async function benchReportApi(size: number, repetitions: number): Promise<readonly Goal[]> {
  const database = await freshDatabase();
  const { owner, db } = database;
  try {
    await fill(owner, db, size);
    const ask = async (back: number) => {
      const { from, to } = periodAround('month', `${monthBefore(LAST_MONTH, back)}-01`, ZONE);
      return must(await reportOf(db, REGION, { form: 'month', from, to }, NOW), 'a region');
    };
    const first = await timed(() => ask(0));
    const months: Spent[] = [];
    for (let round = 0; round < Math.max(5, repetitions); round += 1)
      months.push(await timed(() => ask(round)));
    const { received, flow } = await ask(0);
    if (!flow.balances) throw new Error('The month does not add up');
    const where = `${size.toLocaleString('en-US')} incidents on the API`;
    const detail = `${received} received in it; the first one ${first.wall.toFixed(0)} ms; ${spentOn(months)}`;
    return [{ where, what: 'a month', limit: 1000, measured: wallOf(months), unit: 'ms', detail }];
  } finally {
    await database.stop();
  }
}
