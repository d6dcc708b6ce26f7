import { pause } from '#renderer/data/sync/pause.ts';
import { isDiskFull } from './disk-room.ts';

/** Troubles that stand in the way of the local copy; each has a sentence under `storage`. */
export const STORAGE_TROUBLES = ['disk_full', 'damaged', 'newer', 'forbidden', 'failed'] as const;
export type StorageTrouble = (typeof STORAGE_TROUBLES)[number];

/** Names of what IndexedDB, OPFS and Dexie throw (Indexed Database API 3.0, section 3; Dexie's errnames). */
const NAMES: Readonly<Record<string, StorageTrouble>> = {
  // Chromium: «Internal error opening backing store», for files that are damaged, locked by another program
  // or cannot be read.
  UnknownError: 'damaged',
  DataError: 'damaged',
  NotFoundError: 'damaged',
  NotReadableError: 'damaged',
  VersionError: 'newer',
  SecurityError: 'forbidden',
  NotAllowedError: 'forbidden',
  InvalidAccessError: 'forbidden',
  NoModificationAllowedError: 'forbidden',
  MissingAPIError: 'forbidden',
  InvalidStateError: 'failed',
  AbortError: 'failed',
  TimeoutError: 'failed',
  DatabaseClosedError: 'failed',
  OpenFailedError: 'failed',
  TransactionInactiveError: 'failed',
};

const innerOf = (error: Error): unknown => ('inner' in error ? error.inner : error.cause);

/**
 * The local copy could not be opened. Its name survives the way out of a worker, of which only name and
 * message arrive.
 */
export class StorageError extends Error {
  constructor(trouble: StorageTrouble, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = `storage_${trouble}`;
  }
}

/**
 * The trouble of the storage an error speaks of, as deep as it was met; null when it is about something else.
 * Only want of room is a full disk.
 */
export function storageTrouble(error: unknown): StorageTrouble | null {
  if (isDiskFull(error)) return 'disk_full';
  let found: StorageTrouble | null = null;
  // The innermost says most: Dexie wraps what the browser said in names of its own.
  for (let cause = error; cause instanceof Error; cause = innerOf(cause)) {
    const own = STORAGE_TROUBLES.find((trouble) => `storage_${trouble}` === (cause as Error).name);
    found = own ?? NAMES[cause.name] ?? found;
  }
  return found;
}

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
