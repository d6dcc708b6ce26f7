import { renameSync, statSync } from 'node:fs';
import pino, { type DestinationStream } from 'pino';
import { diskError } from './startup-error.ts';

const LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Log lines onto standard error without a path, else into a file that starts anew at each start past 10 MB
 * (one old one is kept). A full disk loses lines, not Pult.
 */
export function logFile(path: string | null): DestinationStream {
  if (path === null) return pino.destination({ dest: 2, sync: true });
  try {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > LIMIT_BYTES) renameSync(path, `${path}.old`);
    const stream = pino.destination({ dest: path, mode: 0o600, sync: true });
    stream.on('error', () => undefined);
    return stream;
  } catch (error) {
    throw diskError(error, path);
  }
}
