import pg from 'pg';
import { getRollbackPlans } from 'pg-boss';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JOB_SCHEMA } from '#server/store/grants.ts';
import { JOB_TABLES_VERSION } from '#server/store/job-tables.ts';
import { migrate } from '#server/store/migrate.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

let base: FreshDatabase;
const open = async (): Promise<void> => {
  base = await freshDatabase();
};
const close = (): Promise<void> => base.stop();

/** Sends several statements at once, as an administrator would. */
async function asOwner(statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: base.ownerUrl });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

const version = async (): Promise<number | undefined> =>
  (await sql<{ version: number }>`select version from pult_job.version`.execute(base.owner)).rows[0]?.version;

const indexes = async (): Promise<readonly string[]> =>
  (
    await sql<{
      name: string;
    }>`select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indisvalid and c.relnamespace = 'pult_job'::regnamespace order by 1`.execute(base.owner)
  ).rows.map(({ name }) => name);

describe('the tables of jobs', () => {
  beforeEach(open);
  afterEach(close);

  it('of an older pg-boss are brought up to date, with the rights of the API and its indexes', async () => {
    const made = await indexes();
    await asOwner(`${getRollbackPlans(JOB_SCHEMA)}; revoke all on pult_job.job from pult_api`);
    expect(await version()).toBe(JOB_TABLES_VERSION - 1);
    expect((await indexes()).length).toBeLessThan(made.length);
    await migrate(base.ownerUrl);
    expect(await version()).toBe(JOB_TABLES_VERSION);
    expect(await indexes()).toEqual(made);
    expect((await sql`select from pult_job.job`.execute(base.db)).rows).toEqual([]);
  });

  it('of a newer one are left alone, and the person is told', async () => {
    await asOwner(`update pult_job.version set version = ${JOB_TABLES_VERSION + 1}`);
    await expect(migrate(base.ownerUrl)).rejects.toMatchObject({ kind: 'database_too_new' });
    expect(await version()).toBe(JOB_TABLES_VERSION + 1);
  });

  it('that somebody dropped are made again', async () => {
    await asOwner('drop schema pult_job cascade');
    await migrate(base.ownerUrl);
    expect((await sql`select from pult_job.job`.execute(base.db)).rows).toEqual([]);
  });
});

// Whatever is refused leaves nothing behind.
describe('the tables of jobs', () => {
  beforeAll(open);
  afterAll(close);

  it.each([
    'create table pult_job.mine ()',
    'drop table pult_job.job',
    'alter table pult_job.job disable row level security',
    'truncate pult_job.job',
    'update pult_job.version set version = 1',
    'delete from pult_job.version',
    'delete from pult_job.queue',
    'insert into pult_job.bam (name, version, table_name, command) values ($$a$$, 1, $$b$$, $$c$$)',
    'select from pult_job.bam',
    'insert into pult_job.instance (id) values (gen_random_uuid())',
    'insert into pult_job.job_dependency values ($$a$$, gen_random_uuid(), $$b$$, gen_random_uuid())',
    'select from pult_job.subscription',
    'select from pult_job.warning',
    'select from pult_job.queue_stats',
    `select pult_job.delete_queue('a')`,
    `select pult_job.job_table_run('drop table pult_job.job')`,
    'create function pult_job.job_now() returns timestamptz language sql as $$ select now() $$',
  ])('do not let the role of the API: %s', async (statement) => {
    await expect(sql.raw(statement).execute(base.db)).rejects.toMatchObject({ code: '42501' });
  });
});
