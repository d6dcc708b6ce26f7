import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HIGHEST_NUMBER } from '#shared/domain/incident-number.ts';
import { importFile } from '#server/exchange/import-file.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { migrate } from '#server/store/migrate.ts';
import { ownNumbers } from '#server/store/migrations/025-own-numbers.ts';
import { csvOf, HEADERS, numberedCells } from '#tests/fixtures/exchange.ts';
import { applyAgain } from '#tests/helpers/apply-again.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import {
  makeRegion,
  registerArgs,
  sessionOfRole,
  syncDatabase,
  TestClient,
} from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
beforeAll(async () => {
  base = await syncDatabase();
  for (const region of ['poisoned', 'followed', 'quiet']) await makeRegion(base, region);
});
afterAll(() => base.stop());

const client = (region: string) => new TestClient(base.db, sessionOfRole('operator', { region }));

const importNumber = (region: string, number: number) =>
  importFile(
    base.db,
    {
      region,
      source: csvOf([HEADERS, numberedCells(1, { number })]),
      fileName: 'file.csv',
      actor: 'operator-1',
      origin: { address: '' },
      language: 'ru',
    },
    Date.now(),
  );

/**
 * As migrations before it left the database, the region's counter at `last`, its own incident numbered `own`.
 */
async function asBefore(region: string, last: number, own: number): Promise<void> {
  await withScope(base.db, { region }, async (tx) => {
    await sql`update sync_clock set last_number = ${last}`.execute(tx);
    await sql`update incident set number = ${own}, row = jsonb_set(row, '{number}', to_jsonb(${own}::int))
      where external_id is null`.execute(tx);
  });
}

async function nextNumber(region: string): Promise<number | null | undefined> {
  const id = await client(region).register();
  const row = await withScope(base.db, { region }, (tx) =>
    tx.selectFrom('incident').select('number').where('id', '=', id).executeTakeFirst(),
  );
  return row?.number;
}

test.each([0, 1_000_000_001, 1.5, Number.NaN, 1e300])(
  'no region begins its numbers with %d',
  async (firstNumber) => {
    const region = { code: 'odd', name: 'odd', timeZone: 'UTC', firstNumber };
    expect(await addRegion(base.owner, region)).toEqual({ kind: 'refused', why: 'bad_first_number' });
  },
);

test('a counter that an import drove to its end counts again after the upgrade, and others where they were', async () => {
  for (const region of ['poisoned', 'followed', 'quiet']) await client(region).register();
  await importNumber('poisoned', HIGHEST_NUMBER);
  await importNumber('followed', 1_500_000);
  await asBefore('poisoned', HIGHEST_NUMBER, HIGHEST_NUMBER - 7);
  await asBefore('followed', 1_500_001, 1_500_001);
  await asBefore('quiet', 12, 12);
  await sql`alter table sync_clock alter column last_number type int`.execute(base.owner);
  await sql`drop index incident_own_number`.execute(base.owner);
  await sql`create unique index incident_own_number on incident (region_id, number)
    where external_id is null`.execute(base.owner);
  const registration = registerArgs('Яма', 'poisoned');
  expect(await client('poisoned').do(uuidv7(), 'register', registration)).toMatchObject({
    status: 'refused',
  });

  await applyAgain(base.owner, ownNumbers);
  expect(await migrate(base.ownerUrl)).toEqual([]);
  expect(await nextNumber('poisoned')).toBe(1_000_001);
  expect(await nextNumber('followed')).toBe(1_500_002);
  expect(await nextNumber('quiet')).toBe(13);
});
