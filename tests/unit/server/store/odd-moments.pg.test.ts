import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { isSensible } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { exportTable } from '#server/exchange/export-table.ts';
import { withScope } from '#server/store/database.ts';
import { migrate } from '#server/store/migrate.ts';
import { oddMoments } from '#server/store/migrations/027-odd-moments.ts';
import { applyAgain } from '#tests/helpers/apply-again.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { TestReader } from '#tests/helpers/sync-feed.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

const ODD = -9_007_199_254_740_991;

let base: FreshDatabase;
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const rowOf = async (id: string): Promise<Incident> => {
  const { row } = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('incident').select('row').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return row as unknown as Incident;
};

async function exported(): Promise<string> {
  const job = { region: 'eao', format: 'csv', from: 0, to: Date.UTC(2100, 0, 1) } as const;
  let text = '';
  for await (const piece of must(await exportTable(base.db, job, Date.now()), 'a region'))
    text += new TextDecoder().decode(piece);
  return text;
}

/** As a command of a wrong clock left the row while any moment was taken. */
const poison = (id: string, at: number) =>
  withScope(base.owner, { region: 'eao' }, async (tx) => {
    await sql`update incident set closed_at = ${at}, row = jsonb_set(jsonb_set(jsonb_set(row, '{step,since}',
      to_jsonb(${at}::bigint)),
      '{history,0,at}', to_jsonb(${at}::bigint)), '{assignments,0,at}', to_jsonb(${at}::bigint))
        where id = ${id}`.execute(tx);
    await sql`update event set at = ${at} where incident_id = ${id} and n = 2`.execute(tx);
  });

test('rows that a wrong clock has spoilt are exported as they are, and mended for everybody by the upgrade', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const words = 'Яма, "at": -5 и \\"since\\": -7';
  const [id, other, whole] = [
    await me.register(words),
    await me.register('Ещё яма'),
    await me.register('Целая'),
  ];
  for (const poisoned of [id, other])
    await me.do(poisoned, 'route', { agency: 'roads', unit: '', from: '', reason: '' });
  const untouched = await rowOf(whole);
  await poison(id, ODD);
  await poison(other, -ODD);
  expect(await exported()).toContain('Ещё яма');

  const reader = new TestReader(base.db, sessionOfRole('operator'));
  await reader.pullAll();
  await applyAgain(base.owner, oddMoments);
  expect(await migrate(base.ownerUrl)).toEqual([]);
  for (const poisoned of [id, other]) {
    const row = await rowOf(poisoned);
    const { createdAt, step, history, assignments } = row;
    expect([step.since, history[0]?.at, assignments[0]?.at]).toEqual([createdAt, createdAt, createdAt]);
  }
  expect((await rowOf(id)).text).toBe(words);
  expect(await rowOf(whole)).toEqual(untouched);
  await reader.pullAll();
  expect(reader.rows.get(id)?.row).toEqual(await rowOf(id));
  const events = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('event').select('at').execute(),
  );
  expect(events.every(({ at }) => isSensible(at))).toBe(true);
});
