import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { addRegion, regionCodes } from '#server/store/add-region.ts';
import { connect, withScope, type Database } from '#server/store/database.ts';
import type { OpenDatabase } from '#server/store/open-database.ts';
import type { Schema } from '#server/store/schema.ts';
import { createDemoAccounts } from './demo-accounts.ts';
import { seedDemo } from './seed.ts';

const DEMO = { code: 'eao', name: 'Еврейская автономная область', timeZone: 'Asia/Vladivostok' } as const;

/** What refers to others comes before what it refers to. */
const IN_ORDER: readonly (keyof Schema)[] = [
  'session',
  'account',
  'audit',
  'import_run',
  'reference',
  'sync_command',
  'sync_client',
  'change_log',
  'event',
  'incident',
  'sync_clock',
  'region',
];

/** A first start that was interrupted leaves half a demo region: it is taken away and made anew. */
async function removeUnfinished(owner: Database): Promise<void> {
  await withScope(owner, { region: DEMO.code }, async (tx) => {
    const { rows } =
      await sql`select 1 from region where region_id = ${DEMO.code} and settings->>'demo' = 'unfinished'`.execute(
        tx,
      );
    if (rows.length === 0) return;
    for (const table of IN_ORDER)
      await sql`delete from ${sql.table(table)} where region_id = ${DEMO.code}`.execute(tx);
  });
}

async function markFinished(owner: Database): Promise<void> {
  await withScope(owner, { region: DEMO.code }, (tx) =>
    tx
      .updateTable('region')
      .set({ settings: JSON.stringify({ demo: 'ready' }) })
      .where('region_id', '=', DEMO.code)
      .execute(),
  );
}

/** Makes the demo region when there is no region at all; an installation with regions of its own never meets it. */
export async function seedFirstStart(
  database: OpenDatabase,
  dataDir: string,
  now: Instant,
  say: (line: string) => void,
): Promise<void> {
  const owner = connect(database.ownerUrl, 2);
  try {
    await removeUnfinished(owner);
    if ((await regionCodes(owner)).length > 0) return;
    say(`There is no region yet: making the demo region "${DEMO.code}"`);
    await addRegion(owner, { ...DEMO, settings: { demo: 'unfinished' } });
    const path = await createDemoAccounts(owner, DEMO.code, dataDir, now);
    say('Telling January 2022 and the shift of today');
    const { incidents } = await seedDemo(owner, now);
    await markFinished(owner);
    say(`${incidents} incidents. Logins and passwords of the demo region are in ${path}`);
  } finally {
    await owner.destroy();
  }
}
