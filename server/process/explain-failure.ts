import { isDatabaseAway } from './database-away.ts';
import { StartupError, diskError, errorCode } from './startup-error.ts';

const AGAIN = 'Start again: what was interrupted is finished or undone then.';

/** PostgreSQL's classes of trouble that a person can do something about; the rest is named by its code. */
function explainDatabase(error: unknown, code: string): StartupError {
  switch (code) {
    case '53100':
      return new StartupError(
        'no_space',
        'The disk of the database is full.',
        `Free some space. ${AGAIN}`,
        error,
      );
    case '53300':
      return new StartupError(
        'database_unreachable',
        'The database has no connection left for Pult.',
        `Stop other programs that use it, or raise its max_connections. ${AGAIN}`,
        error,
      );
    case '42501':
      return new StartupError(
        'not_permitted',
        'The database does not let Pult do what it has to.',
        'Make the user in DATABASE_URL the owner of the database.',
        error,
      );
    default:
      return new StartupError(
        'database_unreachable',
        `The database broke off${code === '' ? '' : ` (${code})`}.`,
        AGAIN,
        error,
      );
  }
}

const isOfDatabase = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code);

/**
 * Puts whatever stopped Pult, or one of its commands, into words for the person at the terminal. `at` is the
 * folder it works in. What nobody foresaw is `unforeseen`: its details belong in the log.
 */
export function explainFailure(error: unknown, at: string): StartupError {
  if (error instanceof StartupError) return error;
  const onDisk = diskError(error, at);
  if (onDisk instanceof StartupError) return onDisk;
  const code = errorCode(error);
  if (code.startsWith('ERR_PARSE_ARGS'))
    return new StartupError(
      'bad_arguments',
      error instanceof Error ? error.message : code,
      'README.md lists the commands and their arguments.',
      error,
    );
  if (code === 'EMFILE' || code === 'ENFILE')
    return new StartupError(
      'not_permitted',
      'This machine lets Pult open no more files.',
      'Raise the limit (ulimit -n) and start again.',
      error,
    );
  if (isDatabaseAway(error) || isOfDatabase(code)) return explainDatabase(error, code);
  const name = error instanceof Error ? error.name : typeof error;
  return new StartupError(
    'unforeseen',
    `Pult stopped at something nobody foresaw (${[name, code].filter((part) => part !== '').join(' ')}).`,
    `${AGAIN} If it happens once more, send the log to whoever looks after Pult.`,
    error,
  );
}
