import { pause } from '#renderer/data/sync/pause.ts';
import { StorageError, storageTrouble, type StorageTrouble } from '#renderer/data/sync/storage-trouble.ts';

/**
 * Attempts to open, and how long each of the pauses between them is, ms: what another program holds is let go
 * in a moment.
 */
const PAUSES_MS = [200, 600, 1800] as const;
/** Not mended by asking again. */
const FINAL: ReadonlySet<StorageTrouble> = new Set(['disk_full', 'newer', 'forbidden']);

/**
 * Opens, and up to three times again when what stood in the way may pass. Throws {@link StorageError} that
 * says what it is.
 */
export async function reopening<T>(
  open: () => Promise<T>,
  rest: (ms: number) => Promise<void> = pause,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await open();
    } catch (error) {
      const trouble = storageTrouble(error);
      if (trouble === null) throw error;
      const wait = PAUSES_MS[attempt];
      if (wait === undefined || FINAL.has(trouble)) throw new StorageError(trouble, error);
      await rest(wait);
    }
  }
}
