/**
 * Left for operators' actions: bulk downloads stop before the disk is so full that an answer could not be
 * saved.
 */
const RESERVE_BYTES = 64 * 1024 * 1024;

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

const innerOf = (error: Error): unknown => ('inner' in error ? error.inner : error.cause);

/** Throws {@link DiskFullError} when what is left is the reserve for operators' actions. */
export async function refuseBulkWithoutRoom(): Promise<void> {
  const estimate = await globalThis.navigator?.storage?.estimate?.();
  if (estimate?.quota === undefined || estimate.usage === undefined) return;
  if (estimate.quota - estimate.usage < RESERVE_BYTES) throw new DiskFullError();
}
