import type pg from 'pg';
import { StartupError, errorCode } from '#server/process/startup-error.ts';
import { ensureApiRole } from './api-role.ts';
import { cageApiRole } from './cage.ts';
import { grantStatements } from './grants.ts';
import { migrateJobTables } from './job-tables.ts';
import type { Migration } from './migration.ts';
import { tables } from './migrations/001-tables.ts';
import { accounts } from './migrations/002-accounts.ts';
import { isolation } from './migrations/003-isolation.ts';
import { lookups } from './migrations/004-lookups.ts';
import { sync } from './migrations/005-sync.ts';
import { numbers } from './migrations/006-numbers.ts';
import { facts } from './migrations/007-facts.ts';
import { channels } from './migrations/010-channels.ts';
import { issues } from './migrations/011-issues.ts';
import { photos } from './migrations/012-photos.ts';
import { manyAuthors } from './migrations/013-many-authors.ts';
import { retention } from './migrations/014-retention.ts';
import { partners } from './migrations/015-partners.ts';
import { webhooks } from './migrations/016-webhooks.ts';
import { polling } from './migrations/017-polling.ts';
import { daySums } from './migrations/018-day-sums.ts';
import { albums } from './migrations/019-albums.ts';
import { promised } from './migrations/020-promised.ts';
import { channelLookups } from './migrations/021-channel-lookups.ts';
import { quickFacts } from './migrations/022-quick-facts.ts';
import { unusedPhotos } from './migrations/023-unused-photos.ts';
import { attachments } from './migrations/024-attachments.ts';
import { ownNumbers } from './migrations/025-own-numbers.ts';
import { orderOfFates } from './migrations/026-order-of-fates.ts';
import { oddMoments } from './migrations/027-odd-moments.ts';
import { earlierCalendars } from './migrations/028-earlier-calendars.ts';
import { pulse } from './migrations/029-pulse.ts';
import { loginLimits } from './migrations/030-login-limits.ts';
import { agencyRights } from './migrations/031-agency-rights.ts';
import { reopenedDays } from './migrations/032-reopened-days.ts';
import { lateActDays } from './migrations/033-late-act-days.ts';
import { ownApprovals } from './migrations/034-own-approvals.ts';
import { rowBytes } from './migrations/035-row-bytes.ts';
import { people } from './migrations/036-people.ts';
import { revisions } from './migrations/037-revisions.ts';
import { audit } from './migrations/038-audit.ts';
import { feedCauses } from './migrations/039-feed-causes.ts';
import { issueNumbers } from './migrations/040-issue-numbers.ts';
import { sessionPlaces } from './migrations/041-session-places.ts';
import { invitations } from './migrations/042-invitations.ts';
import { mail } from './migrations/043-mail.ts';
import { notices } from './migrations/044-notices.ts';
import { signInByOthers } from './migrations/045-sign-in.ts';
import { secondFactor } from './migrations/046-second-factor.ts';
import { defaultPlaces } from './migrations/047-default-places.ts';
import { signInByDirectory } from './migrations/048-directory.ts';
import { noticeBots } from './migrations/049-notice-bots.ts';
import { deputyships } from './migrations/050-deputyships.ts';
import { pastClosings } from './migrations/051-past-closings.ts';
import { signInHandover } from './migrations/052-sign-in-handover.ts';
import { templateFacts } from './migrations/053-template-facts.ts';
import { movedPromises } from './migrations/054-moved-promises.ts';
import { API_ROLE } from './api-role-name.ts';
import { migrationHash, verifyMigrations, type AppliedMigration } from './verify-migrations.ts';
import { withAdvisoryLock } from './with-advisory-lock.ts';

/** In order. A new one is added at the end and never changed after it was released. */
export const MIGRATIONS: readonly Migration[] = [
  tables,
  accounts,
  isolation,
  lookups,
  sync,
  numbers,
  facts,
  channels,
  issues,
  photos,
  manyAuthors,
  retention,
  partners,
  webhooks,
  polling,
  daySums,
  albums,
  promised,
  channelLookups,
  quickFacts,
  unusedPhotos,
  attachments,
  ownNumbers,
  orderOfFates,
  oddMoments,
  earlierCalendars,
  pulse,
  loginLimits,
  agencyRights,
  reopenedDays,
  lateActDays,
  ownApprovals,
  rowBytes,
  people,
  revisions,
  audit,
  feedCauses,
  issueNumbers,
  sessionPlaces,
  invitations,
  mail,
  notices,
  signInByOthers,
  secondFactor,
  defaultPlaces,
  signInByDirectory,
  noticeBots,
  deputyships,
  pastClosings,
  signInHandover,
  templateFacts,
  movedPromises,
];

/** Where a database notes which migrations it has had, and what they were. */
export const MIGRATION_TABLE = `create table if not exists migration (
  name text primary key, at timestamptz not null default now(), sha256 text)`;

/**
 * Reads what the database has had and makes sure that it fits; what an older program noted without a hash
 * gets it.
 */
async function readApplied(client: pg.Client): Promise<ReadonlySet<string>> {
  await client.query(MIGRATION_TABLE);
  await client.query('alter table migration add column if not exists sha256 text');
  const { rows } = await client.query<AppliedMigration>('select name, sha256 from migration');
  verifyMigrations(rows, MIGRATIONS);
  for (const { name, sha256 } of rows) {
    const migration = MIGRATIONS.find((known) => known.name === name);
    if (sha256 !== null || migration === undefined) continue;
    await client.query('update migration set sha256 = $1 where name = $2', [migrationHash(migration), name]);
  }
  return new Set(rows.map(({ name }) => name));
}

/** Applies these migrations one after the other and notes each. */
export async function applyMigrations(
  migrations: readonly Migration[],
  run: (statement: string) => Promise<unknown>,
): Promise<void> {
  for (const migration of migrations) {
    for (const statement of migration.statements) await run(statement);
    await run(
      `insert into migration (name, sha256) values ('${migration.name}', '${migrationHash(migration)}')`,
    );
  }
}

async function migrateInTransaction(client: pg.Client, say: (line: string) => void): Promise<string[]> {
  const before = await readApplied(client);
  const missing = MIGRATIONS.filter(({ name }) => !before.has(name));
  if (missing.length > 0)
    say(
      `Bringing the database up to date (${missing.length} steps; a large one takes minutes, ` +
        `and may be interrupted)`,
    );
  await applyMigrations(missing, (statement) => client.query(statement));
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  for (const { name } of rows) {
    for (const statement of grantStatements(API_ROLE, name)) await client.query(statement);
    await cageApiRole(client, name);
  }
  return missing.map(({ name }) => name);
}

/**
 * Brings the database to this program's schema, makes the API's role and gives it exactly its rights. Safe to
 * be run by several processes at once: all but one wait. Gives the names of what was applied. Throws
 * StartupError.
 */
export async function migrate(
  ownerUrl: string,
  say: (line: string) => void = () => undefined,
): Promise<string[]> {
  const waiting = () => say('Waiting for another process that brings the database up to date');
  const work = async (client: pg.Client): Promise<string[]> => {
    try {
      await ensureApiRole(client, ownerUrl);
      await client.query('begin');
      const done = await migrateInTransaction(client, say);
      await client.query('commit');
      await migrateJobTables(client, ownerUrl);
      if (done.length > 0) say(`The database was brought to ${done.at(-1)}`);
      return done;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      if (errorCode(error) !== '42501') throw error;
      throw new StartupError(
        'not_permitted',
        'The owner in DATABASE_URL may not make tables in this database.',
        'Make it the owner: ALTER DATABASE … OWNER TO ….',
        error,
      );
    }
  };
  return withAdvisoryLock(ownerUrl, 'migrate', work, waiting);
}
