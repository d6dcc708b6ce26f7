import type { Attachment } from '#shared/domain/attachment.ts';
import { ATTACHMENT_PART_BYTES } from '#shared/protocol/attachments.ts';
import { finishUpload } from '#server/attachments/finish-upload.ts';
import { beginUpload, putPart } from '#server/attachments/upload.ts';
import type { Database } from '#server/store/database.ts';
import { fileOf } from './attachment-desk.ts';

/** Hands a file in for an account of the region, and gives it as a command names it. */
export async function handIn(
  db: Database,
  account: string,
  bytes: Uint8Array,
  name?: string,
): Promise<Attachment> {
  const file = fileOf(bytes, name);
  const { hash, size } = file;
  const who = { region: 'eao', account };
  await beginUpload(db, who, { hash, size }, Date.now());
  for (let offset = 0; offset < size; offset += ATTACHMENT_PART_BYTES) {
    const part = Buffer.from(bytes.subarray(offset, offset + ATTACHMENT_PART_BYTES));
    await putPart(db, who, { hash, offset, bytes: part }, Date.now());
  }
  const answer = await finishUpload(db, who, hash, Date.now());
  if (answer.kind !== 'state') throw new Error(JSON.stringify(answer));
  return file;
}
