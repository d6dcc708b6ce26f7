import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LIMITS } from '#shared/protocol/version.ts';
import { connect, withScope, type Database } from '#server/store/database.ts';
import { changesAfter } from '#server/sync/changes.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import { scopeHashOf } from '#server/sync/sync-session.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase } from '#tests/helpers/sync-region.ts';

/** So many that reading and sorting all of them looks cheaper than walking an index. */
const ROWS = 6000;
const LIMIT = 100;
const REGION = 'eao';
const SESSION = sessionOfRole('operator');

let base: FreshDatabase;
/** One connection, so that it can be asked what it has read. */
let alone: Database;
beforeAll(async () => {
  base = await syncDatabase();
  alone = connect(base.apiUrl, 1);
  const end = Date.now();
  const changes = randomIncidents(7, ROWS, end - 90 * 86_400_000, end).map((row) => ({
    before: null,
    after: { ...row, region: REGION, version: 1 },
    events: [],
  }));
  await withScope(base.db, { region: REGION }, (tx) => storeMany(tx, REGION, changes, end));
  await sql`analyze incident, change_log, reference`.execute(base.owner);
});
afterAll(async () => {
  await alone.destroy();
  await base.stop();
});

/** Rows of incidents that PostgreSQL has read so far, one after another or by an index. */
async function rowsRead(): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(alone);
  const { rows } = await sql<{ n: number }>`select seq_tup_read + idx_tup_fetch as n
    from pg_stat_user_tables where relname = 'incident'`.execute(base.owner);
  return rows[0]?.n ?? NaN;
}

it.each([0, 0.5])(
  'a page for a console far behind reads its own rows, from %s of the feed on',
  async (share) => {
    const clock = sql<{ v: number; epoch: string }>`select c.v, r.epoch from sync_clock c
    join region r on r.region_id = c.region_id where c.region_id = ${REGION}`;
    const { rows } = await withScope(base.db, { region: REGION }, (tx) => clock.execute(tx));
    const [{ v, epoch } = { v: 0, epoch: '' }] = rows;
    const before = await rowsRead();
    const page = await changesAfter(alone, SESSION, {
      after: Math.floor(v * share),
      limit: LIMIT,
      bytes: LIMITS.pageBytes,
      clientId: randomUUID(),
      epoch,
      scope: scopeHashOf(SESSION),
    });
    expect(page.kind).toBe('changes');
    expect((await rowsRead()) - before).toBeLessThan(ROWS / 4);
  },
);
