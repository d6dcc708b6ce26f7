import { createHash } from 'node:crypto';
import type { Instant } from '#shared/domain/instant.ts';
import { acceptFile, type AcceptedFile } from '#shared/files/accept-file.ts';
import type { HandInProblem } from '#shared/protocol/attachments.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { partsOf, PartMissing } from './parts.ts';
import { inTurn } from './turns.ts';
import {
  findHere,
  lockUpload,
  removeParts,
  removeUpload,
  type HandingIn,
  type Upload,
  type UploadResult,
} from './upload.ts';

export type FinishAnswer = UploadResult | { readonly kind: 'refused'; readonly problem: HandInProblem };

/**
 * Reads a whole upload and judges it: bytes of the name they came under, of a kind that is taken, with
 * nothing left to clean.
 */
async function inspectFile(
  db: Database,
  who: HandingIn,
  { id, size, hash }: Upload,
): Promise<AcceptedFile<Buffer> | HandInProblem> {
  const whole = Buffer.alloc(size);
  const digest = createHash('sha256');
  for await (const { start, bytes } of partsOf(db, who, id, { start: 0, end: size })) {
    whole.set(bytes, start);
    digest.update(bytes);
  }
  if (digest.digest('hex') !== hash) return 'other_bytes';
  const read = acceptFile(whole);
  if (!read.ok) return read.problem;
  return read.file.isClean ? read.file : 'has_metadata';
}

/**
 * Ends an upload whose parts are all here: they become the file, or are thrown away when they are none.
 * Judged between two transactions, for it takes long; a file that others have handed in meanwhile is kept
 * once.
 */
export async function finishUpload(
  db: Database,
  who: HandingIn,
  hash: string,
  now: Instant,
): Promise<FinishAnswer> {
  const begun = await withScope(db, who, async (tx) => {
    const upload = await lockUpload(tx, who, hash);
    return upload ?? (await findHere(tx, who, hash)) ?? ({ kind: 'no_upload' } as const);
  });
  if ('kind' in begun) return begun;
  if (begun.received < begun.size) return { kind: 'misplaced', received: begun.received };
  // Each holds a whole file in memory, so few go at a time.
  const file = await inTurn(() => inspectFile(db, who, begun)).catch(partMissing);
  return withScope(db, who, (tx) => finish(tx, who, { hash, file, upload: begun, now }));
}

/** Its parts went while it was read: another window has finished this upload, or given it up. */
function partMissing(error: unknown): PartMissing {
  if (error instanceof PartMissing) return error;
  throw error;
}

interface Judged {
  readonly hash: string;
  readonly file: AcceptedFile<Buffer> | HandInProblem | PartMissing;
  readonly upload: Upload;
  readonly now: Instant;
}

async function finish(
  tx: ScopedTransaction,
  who: HandingIn,
  { hash, file, upload, now }: Judged,
): Promise<FinishAnswer> {
  const still = await lockUpload(tx, who, hash);
  if (still?.id !== upload.id) return (await findHere(tx, who, hash)) ?? { kind: 'no_upload' };
  if (file instanceof PartMissing) throw file;
  if (typeof file === 'string') {
    await removeUpload(tx, upload);
    return { kind: 'refused', problem: file };
  }
  const { region, account } = who;
  const { type, width, height } = file;
  const { size } = upload;
  // The account holds it first: by that alone an agency may see the file it adds.
  await tx
    .insertInto('attachment_holder')
    .values({ region_id: region, hash, account, size, at: now })
    .onConflict((at) => at.columns(['region_id', 'hash', 'account']).doUpdateSet({ at: now }))
    .execute();
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('attachment')
    .values({ region_id: region, hash, upload_id: upload.id, type, size, width, height, created_at: now })
    .onConflict((at) => at.columns(['region_id', 'hash']).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) await removeParts(tx, upload);
  await tx
    .deleteFrom('attachment_upload')
    .where('region_id', '=', region)
    .where('id', '=', upload.id)
    .execute();
  return { kind: 'state', state: { state: 'here', type, size, width, height } };
}
