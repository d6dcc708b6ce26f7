import type { Attachment } from '#shared/domain/attachment.ts';
import { incidentFiles, replyFiles } from '#shared/domain/incident-files.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { withScope, type Database, type Scope, type ScopedTransaction } from '#server/store/database.ts';

/** A stored file as it may be handed out. */
export interface StoredFile {
  readonly hash: string;
  readonly upload: string;
  readonly type: Attachment['type'];
  readonly size: number;
  readonly name: string;
}

export type Found =
  | { readonly kind: 'file'; readonly file: StoredFile }
  /** The incident names it, and nobody who named it has handed it in yet. */
  | { readonly kind: 'not_uploaded' }
  | { readonly kind: 'unknown' };

/**
 * Finds a file that an incident names. Knowing a hash is not enough: somebody who named it in this very
 * incident must have handed in its bytes, or an agency could name another's file and read it.
 */
export function findAttachment(
  db: Database,
  scope: Scope,
  incident: string,
  hash: string,
  sees: 'all' | 'replies' = 'all',
): Promise<Found> {
  return withScope(db, scope, async (tx) => {
    const row = await tx
      .selectFrom('incident')
      .select('row')
      .where('region_id', '=', scope.region)
      .where('id', '=', incident)
      .executeTakeFirst();
    if (row === undefined) return { kind: 'unknown' };
    const named = incidentFiles(row.row as unknown as Incident).find((file) => file.hash === hash);
    const isPublic = replyFiles(row.row as unknown as Incident).some((file) => file.hash === hash);
    if (sees === 'replies' && !isPublic) return { kind: 'unknown' };
    const stored = await storedIn(tx, scope.region, incident, hash);
    if (stored === undefined) return named === undefined ? { kind: 'unknown' } : { kind: 'not_uploaded' };
    const { upload_id: upload, type, size } = stored;
    return { kind: 'file', file: { hash, upload, type, size, name: named?.name ?? hash.slice(0, 12) } };
  });
}

/** The file of a hash that the incident's events name, and that one of those who named it has handed in. */
const storedIn = (tx: ScopedTransaction, region: string, incident: string, hash: string) =>
  tx
    .selectFrom('attachment_use as u')
    .innerJoin('attachment_holder as h', (join) =>
      join
        .onRef('h.region_id', '=', 'u.region_id')
        .onRef('h.hash', '=', 'u.hash')
        .onRef('h.account', '=', 'u.account'),
    )
    .innerJoin('attachment as a', (join) =>
      join.onRef('a.region_id', '=', 'u.region_id').onRef('a.hash', '=', 'u.hash'),
    )
    .select(['a.upload_id', 'a.type', 'a.size'])
    .where('u.region_id', '=', region)
    .where('u.hash', '=', hash)
    .where('u.incident_id', '=', incident)
    .limit(1)
    .executeTakeFirst();
