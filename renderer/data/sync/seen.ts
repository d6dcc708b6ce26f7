import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import type { SyncMeta } from './sync-store.ts';

/**
 * The newest revision of the API's database that this copy knows of, told with every request that would do
 * harm to a database put back to an earlier moment. Until the first page of a download is here, that is where
 * the API stood when the download was agreed upon. Null where nothing was seen.
 */
export function seenOf({ epoch, cursor, mark = null, greetedAt = null }: SyncMeta): SeenRevision | null {
  if (epoch === null) return null;
  return cursor === 0 && greetedAt?.epoch === epoch ? greetedAt : { epoch, cursor, mark };
}
