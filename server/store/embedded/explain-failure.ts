import { StartupError } from '#server/process/startup-error.ts';

/**
 * Turns what PostgreSQL wrote before it gave up into a StartupError. Its messages are in English: lc_messages
 * is C.
 */
export function explainServerFailure(output: string, path: string): StartupError {
  const folder = 'Give another folder: --data DIR.';
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return new StartupError(
      'no_space',
      `There is no space left for the database in ${path}.`,
      `Free some space. ${folder}`,
    );
  }
  if (/Read-only file system/.test(output)) {
    return new StartupError('read_only', `The disk under ${path} is read-only.`, folder);
  }
  if (/Permission denied|Operation not permitted|EACCES|has wrong ownership/.test(output)) {
    return new StartupError(
      'not_permitted',
      `The database in ${path} may not be touched by this user.`,
      `Correct the owner of the folder. ${folder}`,
    );
  }
  if (/could not look up effective user ID/.test(output)) {
    return new StartupError(
      'not_permitted',
      'PostgreSQL does not run as a user without a name.',
      'Run Pult as a user that is listed in /etc/passwd, or give a PostgreSQL in DATABASE_URL.',
    );
  }
  if (/Address already in use|could not create any TCP/.test(output)) {
    return new StartupError(
      'port_taken',
      'The port of the database is taken.',
      'Start again: another one will be chosen.',
    );
  }
  const tail = output.trim().split('\n').slice(-5).join('\n');
  return new StartupError(
    'postgres_failed',
    `PostgreSQL did not start in ${path}:\n${tail}`,
    'The log is in postgres.log of the data folder.',
  );
}
