import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { projectPath } from '#server/options.ts';
import { addRegion, regionCodes } from '#server/store/add-region.ts';
import { COMMAND_PATIENCE_MS, connect, withScope, type Database } from '#server/store/database.ts';
import type { OpenDatabase } from '#server/store/open-database.ts';
import type { Schema } from '#server/store/schema.ts';
import { withAdvisoryLock } from '#server/store/with-advisory-lock.ts';
import { createDemoAccounts } from './demo-accounts.ts';
import { seedDemo } from './seed.ts';

/** The command is told whole: without its folder it would make the region where no server looks. */
function noRegion(dataDir: string): string {
  const folder = dataDir === projectPath('.data') ? '' : ` --data "${dataDir}"`;
  return (
    'There is no region yet, so nobody can log in. Make one: ' +
    `npm run region -- add CODE --name NAME --time-zone ZONE${folder}`
  );
}

const DEMO = { code: 'eao', name: 'Еврейская автономная область', timeZone: 'Asia/Vladivostok' } as const;

/**
 * Every table with a region; what refers to others comes before what it refers to. The compiler misses a
 * forgotten one.
 */
const IN_ORDER: Readonly<Record<Exclude<keyof Schema, 'login_attempt' | 'pulse'>, true>> = {
  // Always empty here: half a region has nobody who could log in and issue.
  report_issue: true,
  partner_delivery: true,
  intake_request: true,
  partner: true,
  reply_send: true,
  channel_message: true,
  channel_event: true,
  channel: true,
  rate_limit: true,
  photo: true,
  attachment_use: true,
  attachment_part: true,
  attachment_upload: true,
  attachment: true,
  attachment_holder: true,
  notice: true,
  mail: true,
  notice_choice: true,
  notice_bot: true,
  mail_setting: true,
  sign_in_provider: true,
  second_factor: true,
  sign_in_directory: true,
  sign_in_handover: true,
  sign_in_identity: true,
  session: true,
  device: true,
  invitation: true,
  deputyship: true,
  account: true,
  audit: true,
  import_run: true,
  reference: true,
  sync_replay: true,
  revision: true,
  sync_command: true,
  sync_client: true,
  change_log: true,
  event: true,
  incident_fact: true,
  fact_day: true,
  fact_topic: true,
  fact_clock: true,
  incident: true,
  sync_clock: true,
  region: true,
};

/**
 * A first start that was interrupted leaves half a demo region: it is taken away and made anew. Its last
 * statement may still be at work in PostgreSQL although the process is dead; every write holds the region's
 * clock, so that is waited for, however long it takes.
 */
async function removeUnfinished(owner: Database, say: (line: string) => void): Promise<void> {
  await withScope(owner, { region: DEMO.code }, async (tx) => {
    const { rows } = await sql`select 1 from region where region_id = ${DEMO.code}
        and settings->>'demo' = 'unfinished'`.execute(tx);
    if (rows.length === 0) return;
    say('The first start was interrupted: its half demo region is removed and made anew');
    await sql`set local lock_timeout = 0`.execute(tx);
    await sql`select from sync_clock where region_id = ${DEMO.code} for update`.execute(tx);
    for (const table of Object.keys(IN_ORDER))
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

async function makeDemo(
  owner: Database,
  dataDir: string,
  now: Instant,
  say: (line: string) => void,
  months: readonly string[],
): Promise<void> {
  await removeUnfinished(owner, say);
  if ((await regionCodes(owner)).length > 0) return;
  say(
    `There is no region yet: making the demo region "${DEMO.code}" (once; some seconds, ` +
      `on a busy machine minutes)`,
  );
  await addRegion(owner, { ...DEMO, firstNumber: 1, settings: { demo: 'unfinished' } });
  await createDemoAccounts(owner, DEMO.code, dataDir, now);
  say(`Telling ${months.length} months of 2021 and 2022 and the shift of today`);
  const { incidents } = await seedDemo(owner, now, months, ({ done, total, incidents: written }) => {
    if (done < total && done % 3 === 0) say(`  ${done} of ${total - 1} months, ${written} incidents`);
  });
  await markFinished(owner);
  say(`The demo region is ready: ${incidents} incidents`);
}

/**
 * Makes the demo region when there is no region at all; an installation with regions of its own never meets
 * it. Of several processes that start at once, one makes it and the others wait. `months` are those told,
 * `2022-01`; null: no demo region is wanted, and what to do instead is said.
 */
export async function seedFirstStart(
  database: OpenDatabase,
  dataDir: string,
  now: Instant,
  say: (line: string) => void,
  months: readonly string[] | null,
): Promise<void> {
  const work = async (): Promise<void> => {
    const owner = connect(database.ownerUrl, 2, COMMAND_PATIENCE_MS);
    try {
      if (months !== null) await makeDemo(owner, dataDir, now, say, months);
      else if ((await regionCodes(owner)).length === 0) say(noRegion(dataDir));
    } finally {
      await owner.destroy();
    }
  };
  const waiting = () => say('Waiting for another process that makes the demo region');
  await withAdvisoryLock(database.ownerUrl, 'firstStart', work, waiting);
}
