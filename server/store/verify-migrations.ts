import { createHash } from 'node:crypto';
import { StartupError } from '#server/process/startup-error.ts';
import type { Migration } from './migration.ts';

/** A migration as the database has noted it; no hash where a program before November 2026 noted it. */
export interface AppliedMigration {
  readonly name: string;
  readonly sha256: string | null;
}

/** Hashes the statements of a migration, however they are laid out. */
export function migrationHash({ statements }: Migration): string {
  const text = statements.map((statement) => statement.trim().replaceAll(/\s+/g, ' '));
  return createHash('sha256').update(JSON.stringify(text)).digest('hex');
}

const unfit = (message: string): StartupError =>
  new StartupError(
    'damaged',
    message,
    'Start the Pult that made this database, back it up there (npm run backup), ' +
      'and restore into an empty folder.',
  );

/**
 * Throws StartupError unless what the database has had is the beginning of what this program knows, step by
 * step and word for word: `database_too_new` for a step that is not known here, `damaged` for one that was
 * left out or is another.
 */
export function verifyMigrations(applied: readonly AppliedMigration[], known: readonly Migration[]): void {
  const unknown = applied.filter(({ name }) => !known.some((migration) => migration.name === name));
  if (unknown.length > 0)
    throw new StartupError(
      'database_too_new',
      `The database was made by a newer Pult (${unknown.map(({ name }) => name).join(', ')}).`,
      'Install the newer Pult, or give another data folder.',
    );
  const missing = known.findIndex(({ name }) => !applied.some((done) => done.name === name));
  const later = known.slice(missing === -1 ? known.length : missing);
  const early = later.find(({ name }) => applied.some((done) => done.name === name));
  if (early !== undefined)
    throw unfit(`The database has had step ${early.name} but not ${later[0]?.name}, which comes before it.`);
  for (const migration of known) {
    const done = applied.find(({ name }) => name === migration.name);
    if (done === undefined || done.sha256 === null || done.sha256 === migrationHash(migration)) continue;
    throw unfit(`Step ${migration.name} is another here than the one that the database has had.`);
  }
}
