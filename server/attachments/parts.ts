import { withScope, type Database, type Scope } from '#server/store/database.ts';

/** Bytes `start` to before `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Stored bytes with their place in the file. */
interface Part {
  readonly start: number;
  readonly bytes: Buffer;
}

/** Thrown when a part is not where it should be: its file is being removed. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/**
 * A stored file's bytes in their order, one part at a time in memory, each read in a transaction of its own:
 * a slow reader holds none open.
 */
export async function* partsOf(
  db: Database,
  scope: Scope,
  upload: string,
  { start, end }: ByteRange,
): AsyncGenerator<Part> {
  for (let at = start; at < end;) {
    const found = await withScope(db, scope, (tx) =>
      tx
        .selectFrom('attachment_part')
        .select(['start', 'bytes'])
        .where('region_id', '=', scope.region)
        .where('upload_id', '=', upload)
        .where('start', '<=', at)
        .orderBy('start', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    const bytes = found?.bytes.subarray(at - found.start, end - found.start);
    if (bytes === undefined || bytes.length === 0) throw new PartMissing();
    yield { start: at, bytes };
    at += bytes.length;
  }
}
