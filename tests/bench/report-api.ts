import { sql } from 'kysely';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { monthBefore, periodAround } from '#shared/report/facts/period.ts';
import { unpackFacts } from '#server/report/packed-facts.ts';
import { projectFacts, storeFacts } from '#server/report/project-facts.ts';
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

/** Facts stored at once. */
const PAGE = 4000;

/** The same facts so many blocks later. */
const shifted = (facts: readonly Facts[], blocks: number): readonly Facts[] => {
  const later = blocks * BLOCK_DAYS * MS_PER_DAY;
  const moved = (at: Instant | null): Instant | null => (at === null ? null : at + later);
  return facts.map((fact) => ({
    ...fact,
    id: blocks.toString(16).padStart(8, '0') + fact.id.slice(8),
    createdAt: fact.createdAt + later,
    closedAt: moved(fact.closedAt),
    firstReplyAt: moved(fact.firstReplyAt),
    finalReplyAt: moved(fact.finalReplyAt),
  }));
};

/**
 * One block of a month goes the product's own way from incidents to facts; the others are the same facts so
 * many days later.
 */
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
  const { rows } = await withScope(db, { region: REGION }, (tx) =>
    sql<{ fact: string }>`select fact::text as fact from incident_fact`.execute(tx),
  );
  const facts = unpackFacts(rows.map(({ fact }) => fact));
  for (let blocks = 1; blocks < BLOCKS; blocks += 1) {
    const later = shifted(facts, blocks);
    for (let at = 0; at < later.length; at += PAGE)
      await withScope(db, { region: REGION }, (tx) =>
        storeFacts(tx, REGION, later.slice(at, at + PAGE), ZONE),
      );
  }
  // What a database that has stood for a minute has done by itself.
  await sql`vacuum analyze incident_fact, fact_day, fact_topic`.execute(owner);
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
    const spent = `the first one ${first.wall.toFixed(0)} ms; ${spentOn(months)}`;
    const detail = `${received} received in it; ${spent}`;
    return [{ where, title: 'a month', limit: 1000, measured: wallOf(months), unit: 'ms', detail }];
  } finally {
    await database.stop();
  }
}
