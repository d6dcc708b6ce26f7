import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { ATTACHMENT_PART_BYTES, type AttachmentState } from '#shared/protocol/attachments.ts';
import { withScope, type Database, type Scope, type ScopedTransaction } from '#server/store/database.ts';
import type { AttachmentUploadTable } from '#server/store/attachment-tables.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { quotaWait } from './quota.ts';

/** Who hands a file in. */
export type HandingIn = Scope & { readonly account: string };
export type Upload = Selectable<AttachmentUploadTable>;

/** The state of an upload, or why there is none. */
export type UploadResult =
  | { readonly kind: 'state'; readonly state: AttachmentState }
  | { readonly kind: 'over_quota'; readonly waitS: number }
  /** No upload of this account: it was finished, given up, or removed. */
  | { readonly kind: 'no_upload' }
  | { readonly kind: 'misplaced'; readonly received: number }
  | { readonly kind: 'wrong_length'; readonly expected: number };

const receiving = (received: number): UploadResult => ({
  kind: 'state',
  state: { state: 'receiving', received, partBytes: ATTACHMENT_PART_BYTES },
});

/**
 * The account's upload of a file, locked until the transaction ends: of two windows that send the same part,
 * one stores it.
 */
export function lockUpload(tx: ScopedTransaction, { region, account }: HandingIn, hash: string) {
  return tx
    .selectFrom('attachment_upload')
    .selectAll()
    .where('region_id', '=', region)
    .where('account', '=', account)
    .where('hash', '=', hash)
    .forUpdate()
    .executeTakeFirst();
}

/** The file as it is kept, when this account has handed it in. */
export async function findHere(
  tx: ScopedTransaction,
  { region, account }: HandingIn,
  hash: string,
): Promise<UploadResult | null> {
  const file = await tx
    .selectFrom('attachment as a')
    .innerJoin('attachment_holder as h', (join) =>
      join.onRef('h.region_id', '=', 'a.region_id').onRef('h.hash', '=', 'a.hash'),
    )
    .select(['a.type', 'a.size', 'a.width', 'a.height'])
    .where('a.region_id', '=', region)
    .where('a.hash', '=', hash)
    .where('h.account', '=', account)
    .executeTakeFirst();
  return file === undefined ? null : { kind: 'state', state: { state: 'here', ...file } };
}

export async function removeParts(tx: ScopedTransaction, { region_id, id }: Upload): Promise<void> {
  await tx
    .deleteFrom('attachment_part')
    .where('region_id', '=', region_id)
    .where('upload_id', '=', id)
    .execute();
}

export async function removeUpload(tx: ScopedTransaction, upload: Upload): Promise<void> {
  await removeParts(tx, upload);
  await tx
    .deleteFrom('attachment_upload')
    .where('region_id', '=', upload.region_id)
    .where('id', '=', upload.id)
    .execute();
}

/** Until the transaction ends an account begins nothing else: what many begin at once is counted, too. */
const lockAccount = (tx: ScopedTransaction, { region, account }: HandingIn) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`upload:${region}:${account}`}, 0))`.execute(tx);

/**
 * Begins an upload, or says how far the one that was begun has come. Another size under the same name begins
 * it anew.
 */
export function beginUpload(
  db: Database,
  who: HandingIn,
  { hash, size }: { readonly hash: string; readonly size: number },
  now: Instant,
): Promise<UploadResult> {
  return withRetries(() =>
    withScope(db, who, async (tx) => {
      await lockAccount(tx, who);
      const here = await findHere(tx, who, hash);
      if (here !== null) return here;
      const begun = await lockUpload(tx, who, hash);
      if (begun?.size === size) return receiving(begun.received);
      if (begun !== undefined) await removeUpload(tx, begun);
      const waitS = await quotaWait(tx, { region: who.region, account: who.account }, size, now);
      if (waitS !== null) return { kind: 'over_quota', waitS };
      const { region, account } = who;
      await tx
        .insertInto('attachment_upload')
        .values({ region_id: region, id: randomUUID(), account, hash, size, touched_at: now })
        .execute();
      return receiving(0);
    }),
  );
}

/** Stores a part where the upload stands. One that was stored already is answered and thrown away. */
export function putPart(
  db: Database,
  who: HandingIn,
  { hash, offset, bytes }: { readonly hash: string; readonly offset: number; readonly bytes: Buffer },
  now: Instant,
): Promise<UploadResult> {
  return withScope(db, who, async (tx) => {
    const upload = await lockUpload(tx, who, hash);
    if (upload === undefined) return (await findHere(tx, who, hash)) ?? { kind: 'no_upload' };
    const { region_id, id, received, size } = upload;
    if (offset < received) return receiving(received);
    const expected = Math.min(ATTACHMENT_PART_BYTES, size - received);
    if (offset > received || expected === 0) return { kind: 'misplaced', received };
    if (bytes.length !== expected) return { kind: 'wrong_length', expected };
    await tx
      .insertInto('attachment_part')
      .values({ region_id, upload_id: id, start: offset, bytes })
      .execute();
    await tx
      .updateTable('attachment_upload')
      .set({ received: received + bytes.length, touched_at: now })
      .where('region_id', '=', region_id)
      .where('id', '=', id)
      .execute();
    return receiving(received + bytes.length);
  });
}

/** Gives an unfinished upload up. */
export function dropUpload(db: Database, who: HandingIn, hash: string): Promise<void> {
  return withScope(db, who, async (tx) => {
    const upload = await lockUpload(tx, who, hash);
    if (upload !== undefined) await removeUpload(tx, upload);
  });
}
