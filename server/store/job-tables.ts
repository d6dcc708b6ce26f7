import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import { StartupError } from '#server/process/startup-error.ts';
import { COMMAND_PATIENCE_MS } from './database.ts';
import { jobGrantStatements, JOB_SCHEMA } from './grants.ts';
import { API_ROLE } from './api-role-name.ts';

const { pgboss } = z
  .object({ pgboss: z.object({ schema: z.int() }) })
  .parse(createRequire(import.meta.url)('pg-boss/package.json'));

/** The number of pg-boss's tables that this program works with; each of its releases may raise it. */
export const JOB_TABLES_VERSION = pgboss.schema;

/** Indexes of an upgrade only make jobs faster: a start does not wait for them longer than this, ms. */
const INDEX_PATIENCE_MS = 60_000;

/** The number of the tables that are there; null before there are any. */
async function readVersion(client: pg.Client): Promise<number | null> {
  const { rows: found } = await client.query<{ table: string | null }>(
    `select to_regclass('${JOB_SCHEMA}.version') as table`,
  );
  if ((found[0]?.table ?? null) === null) return null;
  const { rows } = await client.query<{ version: number }>(`select version from ${JOB_SCHEMA}.version`);
  return rows[0]?.version ?? null;
}

/** Tells whether an upgrade has left an index to be built (pg-boss notes them in its table `bam`). */
async function hasUnbuiltIndex(client: pg.Client, states: readonly string[]): Promise<boolean> {
  const { rowCount } = await client.query(`select from ${JOB_SCHEMA}.bam where status = any($1)`, [states]);
  return rowCount !== 0;
}

/**
 * Lets pg-boss itself make its tables or bring them up to date, as their owner. Indexes it builds afterwards,
 * without holding anybody up; only the owner may, so they are waited for. One that fails is tried again at
 * the next start.
 */
async function bringUpToDate(client: pg.Client, ownerUrl: string): Promise<void> {
  // Loaded only when there is something to do: most starts and commands need nothing of it.
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    connectionString: ownerUrl,
    connectionTimeoutMillis: COMMAND_PATIENCE_MS,
    schema: JOB_SCHEMA,
    max: 2,
    schedule: false,
    supervise: false,
    registerInstance: false,
  });
  boss.on('error', () => undefined);
  // It looks for unbuilt indexes once a minute, whoever looked last; here it is to look at once.
  await client.query(`update ${JOB_SCHEMA}.version set bam_on = null`).catch(() => undefined);
  await boss.start();
  const until = Date.now() + INDEX_PATIENCE_MS;
  while ((boss.isBamWorking() || (await hasUnbuiltIndex(client, ['pending']))) && Date.now() < until)
    await sleep(50);
  await boss.stop();
}

/**
 * Makes the tables of scheduled jobs, or brings an older pg-boss's up to date, and gives the API's role its
 * rights on them. Runs as their owner, one process at a time (`migrate`). Throws StartupError
 * `database_too_new`.
 */
export async function migrateJobTables(client: pg.Client, ownerUrl: string): Promise<void> {
  const version = await readVersion(client);
  if (version !== null && version > JOB_TABLES_VERSION)
    throw new StartupError(
      'database_too_new',
      `The tables of jobs were made by a newer Pult (${version}).`,
      'Install the newer Pult, or give another data folder.',
    );
  if (version !== JOB_TABLES_VERSION || (await hasUnbuiltIndex(client, ['pending', 'in_progress', 'failed'])))
    await bringUpToDate(client, ownerUrl);
  // Together they are one transaction: an API that runs meanwhile is never without its rights.
  await client.query(jobGrantStatements(API_ROLE).join(';'));
}
