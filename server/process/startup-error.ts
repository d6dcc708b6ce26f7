/** Why Pult, or one of its commands, cannot start. */
export type StartupErrorKind =
  | 'already_running'
  | 'bad_arguments'
  | 'bad_backup'
  | 'damaged'
  | 'database_too_new'
  | 'database_too_old'
  | 'database_unreachable'
  | 'no_binaries'
  | 'no_browser'
  | 'no_space'
  | 'not_empty'
  | 'not_permitted'
  | 'port_taken'
  | 'postgres_failed'
  | 'read_only'
  | 'unforeseen';

/**
 * A failure to start that the person at the terminal can do something about: what happened, and what to do.
 */
export class StartupError extends Error {
  readonly kind: StartupErrorKind;
  readonly whatToDo: string;

  constructor(kind: StartupErrorKind, message: string, whatToDo: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartupError';
    this.kind = kind;
    this.whatToDo = whatToDo;
  }
}

/** The `code` of a Node or PostgreSQL error, or an empty string. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Turns what the disk answered about `path` into words; anything else is given back as it was. */
export function diskError(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'EROFS':
      return new StartupError(
        'read_only',
        `The disk under ${path} is read-only.`,
        'Give a writable folder: --data DIR.',
        error,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartupError(
        'no_space',
        `There is no space left for ${path}.`,
        'Free some space, or give another folder: --data DIR.',
        error,
      );
    case 'EACCES':
    case 'EPERM':
      return new StartupError(
        'not_permitted',
        `${path} cannot be written by this user.`,
        'Correct the owner of the folder, or give another: --data DIR.',
        error,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartupError(
        'not_permitted',
        `${path} is in the way: a folder is needed there.`,
        'Move the file away, or give another folder: --data DIR.',
        error,
      );
    default:
      return error;
  }
}
