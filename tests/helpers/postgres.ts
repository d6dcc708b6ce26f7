import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { must } from '#shared/domain/must.ts';
import { isAlive } from '#server/process/process-identity.ts';
import { connect, type Database } from '#server/store/database.ts';
import { createDatabase } from '#server/store/embedded/create-database.ts';
import { LARGE_OBJECTS } from '#server/store/cage.ts';
import { GRANTS, grantStatements, jobGrantStatements } from '#server/store/grants.ts';
import { JOB_TABLES_VERSION } from '#server/store/job-tables.ts';
import { MIGRATION_TABLE, MIGRATIONS, migrate } from '#server/store/migrate.ts';
import { derivedPassword } from '#server/store/api-password.ts';
import { API_ROLE } from '#server/store/api-role-name.ts';
import { apiUrlOf, openDatabase } from '#server/store/open-database.ts';
import { TEST_SETTINGS, testCluster } from './test-cluster.ts';

/** A migrated, empty database of a test file's own. */
export interface FreshDatabase {
  readonly ownerUrl: string;
  readonly apiUrl: string;
  /** As the tables' owner: for preparing and inspecting. */
  readonly owner: Database;
  /** As the API: what the code under test gets. */
  readonly db: Database;
  /** Drops the database and leaves the cluster. */
  stop(): Promise<void>;
}

const LOCK = 7_379_002;
const schemaMark = createHash('sha256')
  .update(
    JSON.stringify([
      MIGRATION_TABLE,
      MIGRATIONS,
      GRANTS,
      JOB_TABLES_VERSION,
      jobGrantStatements(API_ROLE),
      LARGE_OBJECTS,
    ]),
  )
  .digest('hex')
  .slice(0, 12);
const TEMPLATE = `template_${schemaMark}`;

function urlTo(ownerUrl: string, database: string): string {
  const url = new URL(ownerUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Databases are named after the process that made them, so the next run can clear up after a killed one. */
async function dropAbandoned(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select datname as name from pg_database where datname ~ '^t_[0-9]+_'`,
  );
  for (const { name } of rows) {
    const pid = Number(must(name.split('_')[1], 'the pattern above has a number'));
    if (!isAlive(pid)) await admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  }
}

async function ensureTemplate(admin: pg.Client, ownerUrl: string): Promise<void> {
  await admin.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await dropAbandoned(admin);
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount !== 0) return;
    const draft = `${TEMPLATE}_draft`;
    await admin.query(`drop database if exists ${draft} with (force)`);
    await createDatabase(urlTo(ownerUrl, 'postgres'), draft);
    await migrate(urlTo(ownerUrl, draft));
    await admin.query(`alter database ${draft} rename to ${TEMPLATE}`);
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

async function asAdmin(ownerUrl: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: urlTo(ownerUrl, 'postgres') });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

/** Gives a new database, migrated and empty, in some tens of milliseconds. Call `stop` in `afterAll`. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const cluster = await openDatabase({ dataDir: testCluster(), settings: TEST_SETTINGS });
  const name = `t_${process.pid}_${randomBytes(6).toString('hex')}`;
  const ownerUrl = urlTo(cluster.ownerUrl, name);
  await asAdmin(ownerUrl, async (admin) => {
    await ensureTemplate(admin, ownerUrl);
    await admin.query(`create database ${name} template ${TEMPLATE}`);
    // Rights on the database itself are not copied from a template.
    for (const statement of grantStatements(API_ROLE, name).filter((text) => text.includes(' on database ')))
      await admin.query(statement);
  });
  const apiUrl = apiUrlOf(ownerUrl, must(derivedPassword(ownerUrl), 'the cluster has a password'));
  const [owner, db] = [connect(ownerUrl, 3), connect(apiUrl, 5)];
  const stop = async () => {
    await Promise.all([owner.destroy(), db.destroy()]);
    await asAdmin(ownerUrl, async (admin) => void (await admin.query(`drop database ${name} with (force)`)));
    await cluster.stop();
  };
  return { ownerUrl, apiUrl, owner, db, stop };
}
