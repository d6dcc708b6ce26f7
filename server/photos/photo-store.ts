import { createHash } from 'node:crypto';
import type { Instant } from '#shared/domain/instant.ts';
import { photoUrl, type Pictures } from '#shared/domain/photo.ts';
import { withScope, type Database, type Scope } from '#server/store/database.ts';

/** The name of a photo's bytes. */
export const photoHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Keeps a photo under its hash; one that is there already stays as it is, for it cannot differ, and is wanted
 * anew.
 */
export async function keepPhoto(
  db: Database,
  scope: Scope & { readonly account: string },
  bytes: Buffer,
  now: Instant,
): Promise<void> {
  await withScope(db, scope, (tx) =>
    tx
      .insertInto('photo')
      .values({
        region_id: scope.region,
        hash: photoHash(bytes),
        bytes,
        created_by: scope.account,
        created_at: now,
        unused_since: null,
        is_issued: null,
      })
      .onConflict((at) => at.columns(['region_id', 'hash']).doUpdateSet({ unused_since: null }))
      .execute(),
  );
}

/** The bytes of a photo, or null when it is not (or not yet) here. */
export async function readPhotoBytes(db: Database, scope: Scope, hash: string): Promise<Buffer | null> {
  const row = await withScope(db, scope, (tx) =>
    tx
      .selectFrom('photo')
      .select('bytes')
      .where('region_id', '=', scope.region)
      .where('hash', '=', hash)
      .executeTakeFirst(),
  );
  return row?.bytes ?? null;
}

/** Those of the photos that are here, ready for paper. */
export async function picturesOf(
  db: Database,
  region: string,
  photos: readonly { readonly hash: string }[],
): Promise<Pictures> {
  const hashes = photos.map(({ hash }) => hash);
  if (hashes.length === 0) return new Map();
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('photo')
      .select(['hash', 'bytes'])
      .where('region_id', '=', region)
      .where('hash', 'in', hashes)
      .execute(),
  );
  return new Map(rows.map(({ hash, bytes }) => [hash, photoUrl(bytes)]));
}
