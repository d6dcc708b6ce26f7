import { parseArgs, type ParseArgsConfig } from 'node:util';
import { StartupError } from './startup-error.ts';

/**
 * Reads the arguments of a command. What does not fit is told with `usage`: throws StartupError
 * `bad_arguments`.
 */
export function commandLine<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new StartupError(
      'bad_arguments',
      error instanceof Error ? error.message : String(error),
      usage,
      error,
    );
  }
}
