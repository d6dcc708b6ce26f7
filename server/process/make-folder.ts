import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { diskError, errorCode } from './startup-error.ts';

/** The error of writing where `path` would have to begin. */
function nearestError(path: string): unknown {
  const parent = dirname(path);
  if (!existsSync(parent) && parent !== path) return nearestError(parent);
  try {
    accessSync(parent, constants.W_OK);
    return null;
  } catch (error) {
    return error;
  }
}

/** Makes a folder with its parents. Others may pass through it but not list it. Throws StartupError. */
export function makeFolder(path: string, mode = 0o711): void {
  try {
    mkdirSync(path, { recursive: true, mode });
  } catch (error) {
    // Node says ENOENT when the first missing parent cannot be made, whatever the true reason.
    const reason = errorCode(error) === 'ENOENT' ? (nearestError(resolve(path)) ?? error) : error;
    throw diskError(reason, path);
  }
}
