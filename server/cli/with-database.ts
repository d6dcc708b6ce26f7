import { COMMAND_LINE } from '#shared/protocol/audit.ts';
import { databaseSource, projectPath } from '#server/options.ts';
import { say } from '#server/process/run-command.ts';
import { COMMAND_PATIENCE_MS, connect, type Database } from '#server/store/database.ts';
import { migrate } from '#server/store/migrate.ts';
import { openDatabase } from '#server/store/open-database.ts';

/** The connections a command works with. */
export interface CommandDatabase {
  /** As the API's role: for everything within a region (`withScope`). */
  readonly db: Database;
  /** As the tables' owner: for regions themselves. */
  readonly owner: Database;
}

/** Who did it, in the audit log, when nobody was logged in. */
export const BY = { by: COMMAND_LINE, address: '' } as const;

/**
 * Runs a command on the database of `--data DIR`, of DATABASE_URL, or of the default folder, in this order:
 * starts PostgreSQL when it does not run, joins it when it does, and leaves it as it was.
 */
export async function withDatabase<T>(
  data: string | undefined,
  work: (database: CommandDatabase) => Promise<T>,
): Promise<T> {
  const url = process.env['DATABASE_URL']?.trim() ?? '';
  const databaseUrl = data === undefined && url !== '' ? url : null;
  const database = await openDatabase(
    databaseSource({ databaseUrl, dataDir: data ?? projectPath('.data') }, say),
  );
  try {
    await migrate(database.ownerUrl, say);
    const [db, owner] = [
      connect(database.apiUrl, 4, COMMAND_PATIENCE_MS),
      connect(database.ownerUrl, 2, COMMAND_PATIENCE_MS),
    ];
    try {
      return await work({ db, owner });
    } finally {
      await Promise.all([db.destroy(), owner.destroy()]);
    }
  } finally {
    await database.stop();
  }
}
