/**
 * Troubles that stand in the way of the local copy; each has a sentence under `opening.why` and
 * `alarm.storage_failed`.
 */
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

/** The disk has no room. Of bulk work: nothing was stored, and it may be tried again when there is. */
export class DiskFullError extends Error {
  readonly kind = 'disk_full';

  constructor(options?: ErrorOptions) {
    super('The disk is full', options);
    this.name = 'DiskFullError';
  }
}

/** True when an error of IndexedDB, Dexie or OPFS says that there is no room. */
export function isDiskFull(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = innerOf(cause)) {
    if (cause.name === 'QuotaExceededError' || cause instanceof DiskFullError) return true;
  }
  return false;
}

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
