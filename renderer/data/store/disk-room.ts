import { DiskFullError } from '#renderer/data/sync/storage-trouble.ts';

/**
 * Left for operators' actions: bulk downloads stop before the disk is so full that an answer could not be
 * saved.
 */
const RESERVE_BYTES = 64 * 1024 * 1024;

/** Throws {@link DiskFullError} when what is left is the reserve for operators' actions. */
export async function refuseBulkWithoutRoom(): Promise<void> {
  const estimate = await globalThis.navigator?.storage?.estimate?.();
  if (estimate?.quota === undefined || estimate.usage === undefined) return;
  if (estimate.quota - estimate.usage < RESERVE_BYTES) throw new DiskFullError();
}
